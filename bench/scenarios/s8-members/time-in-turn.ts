const WARM_UP = 20;

export type Asked = (index: number) => Promise<unknown>;

/** Asks each so many times, one at a time and each after the others: their latencies in milliseconds. */
export async function timeInTurn(asked: Asked[], times: number): Promise<number[][]> {
  const latencies = asked.map((): number[] => []);
  for (let index = 0; index < WARM_UP + times; index += 1) {
    for (const [which, ask] of asked.entries()) {
      const start = performance.now();
      await ask(index);
      if (index >= WARM_UP) latencies[which]?.push(performance.now() - start);
    }
  }
  return latencies;
}
