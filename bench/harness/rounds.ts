import type { Round } from './load/load.ts';
import type { Racer } from './racer.ts';
import { median, spread } from './statistics.ts';

export interface Measured {
  name: string;
  /** Requests per second: the median of the rounds. */
  rate: number;
  /** (highest − lowest) ÷ median of the rounds. */
  spread: number;
  /** Median over the rounds of each round's latency, in milliseconds. */
  p50: number;
  p99: number;
  /** Requests per second of each, in the order of their turns. */
  rounds: number[];
}

/** Each a round in turn, starting with another one each time, so that drift and noise hit all alike. */
export async function measureInTurn(racers: Racer[], rounds: number): Promise<Measured[]> {
  const runs = racers.map((racer) => ({ racer, rounds: [] as Round[] }));
  for (const { racer } of runs) await racer.warmUp();
  for (let turn = 0; turn < rounds; turn++) {
    const first = turn % runs.length;
    for (const run of [...runs.slice(first), ...runs.slice(0, first)]) run.rounds.push(await run.racer.round());
  }
  return runs.map((run) => summary(run.racer.name, run.rounds));
}

function summary(name: string, rounds: Round[]): Measured {
  const rates = rounds.map(({ requests, seconds }) => requests / seconds);
  return {
    name,
    rate: median(rates),
    spread: spread(rates),
    p50: median(rounds.map(({ p50 }) => p50)),
    p99: median(rounds.map(({ p99 }) => p99)),
    rounds: rates,
  };
}
