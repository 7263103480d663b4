/** How two samples compare by rank, and how far chance alone may bring them apart. */
export interface Comparison {
  /**
   * The chance that one of the first sample is above one of the second, ties counting half: 0.5 where nothing tells them
   * apart, 0 or 1 where anybody can. It is Mann and Whitney's U over the number of pairs.
   */
  chanceAbove: number;
  /** Its standard deviation around 0.5 where both samples are of one distribution: √((n + m + 1) / 12nm). */
  deviation: number;
}

/** @see Mann and Whitney, On a test of whether one of two random variables is stochastically larger (1947) */
export function compareByRank(first: readonly number[], second: readonly number[]): Comparison {
  const [n, m] = [first.length, second.length];
  const above = first.flatMap((a) => second.map((b) => (a > b ? 1 : a === b ? 0.5 : 0)));
  return {
    chanceAbove: above.reduce<number>((sum, each) => sum + each, 0) / (n * m),
    deviation: Math.sqrt((n + m + 1) / (12 * n * m)),
  };
}
