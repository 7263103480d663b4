import type { Contender } from './contender.ts';
import type { Generator, Round } from './load/load.ts';
import type { Racer } from './racer.ts';
import { tryContender } from './try-contender.ts';

/** How alike the mean answer under load must be to the ones that were checked one by one. */
const SIZE_TOLERANCE = 0.05;

export interface Plan {
  connections: number;
  warmUpSeconds: number;
  seconds: number;
  /** Every record at most once (cold), instead of over and over after each was asked for once (warm). */
  once: boolean;
}

/** A contender under the generator's load; wrong answers, failed requests and used-up records stop the run. */
export function httpRacer(contender: Contender, generator: Generator, plan: Plan): Racer {
  const { name, url, question, records } = contender;
  let offset = 0;

  const run = async (seconds: number): Promise<Round> => {
    const size = await tryContender(contender);
    const round = await generator.run({ url, question, records, offset, connections: plan.connections, seconds });
    offset += round.requests + plan.connections; // those under way at the end were asked for, too
    insist(round.failures === 0, `${round.failures} of ${round.requests} requests failed`);
    insist(Math.abs(round.bytes / round.requests / size - 1) < SIZE_TOLERANCE, 'answered otherwise under load');
    insist(!plan.once || offset < records.count, `used up its ${records.count} records: shorten the rounds`);
    await tryContender(contender);
    return round;
  };
  const warmUp = async (): Promise<void> => {
    do await run(plan.warmUpSeconds);
    while (!plan.once && offset < records.count);
  };
  const insist = (holds: boolean, otherwise: string): void => {
    if (!holds) throw new Error(`${name}: ${otherwise}`);
  };
  return { name, warmUp, round: () => run(plan.seconds) };
}
