/** Hands the values on in slices of at most `size`, one after the other. */
export async function inBatches<T>(values: T[], size: number, handle: (batch: T[]) => Promise<void>): Promise<void> {
  for (let start = 0; start < values.length; start += size) await handle(values.slice(start, start + size));
}
