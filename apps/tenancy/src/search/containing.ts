/** A pattern of LIKE for texts that hold this part. With ILIKE, in any case, a trigram index serves it. */
export function patternOf(part: string): string {
  return `%${part.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}

/** A condition on a text that it holds this part, in any case. */
export function containing(part: string): { $ilike: string } {
  return { $ilike: patternOf(part) };
}

/** Three letters or digits in a row: without them no trigram index helps. */
export function hasTrigram(part: string): boolean {
  return /[\p{L}\p{N}]{3}/u.test(part);
}
