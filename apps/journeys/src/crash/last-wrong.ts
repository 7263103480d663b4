/** Asks a verifier whether access is still given: true, false, or undefined when nobody can say. */
export type Check = () => Promise<boolean | undefined>;

/** So often it says no before it is believed. */
const REFUSALS = 10;

/** Milliseconds from the answer until the last wrong "yes" of a verifier that is asked without a pause; 0 for none. */
async function lastWrong(check: Check, answered: () => number | undefined): Promise<number> {
  let last = 0;
  for (let refusals = 0; refusals < REFUSALS;) {
    const asked = performance.now();
    const given = await check();
    const since = answered();
    if (given !== true && since !== undefined) refusals += 1;
    // What was asked before the answer may say what held before it.
    if (given === true && since !== undefined && asked > since) last = performance.now() - since;
  }
  return last;
}

/** {@link lastWrong} of several verifiers, which are asked while access is taken away. */
export async function lastWrongOf(checks: readonly Check[], take: () => Promise<void>): Promise<number[]> {
  const taken: { at?: number } = {};
  const watching = Promise.all(checks.map((check) => lastWrong(check, () => taken.at)));
  await take();
  taken.at = performance.now();
  return watching;
}

export interface Figures {
  p50: number;
  p99: number;
  most: number;
}

/** @param wrong milliseconds */
export function figuresOf(wrong: readonly number[]): Figures {
  const sorted = wrong.toSorted((one, other) => one - other);
  const quantile = (part: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0);
  return { p50: quantile(0.5), p99: quantile(0.99), most: quantile(1) };
}
