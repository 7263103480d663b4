import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { atMost } from '../harness/bar.ts';
import { startProductionPostgres } from '../harness/postgres.ts';
import { type Figure, nothing, type Scenario } from '../harness/scenario.ts';
import { startPlatform } from '../platform/start-platform.ts';
import { type Latencies, measureAt } from './s4-growth/measure-at.ts';

const SMALL = 10_000;
const LARGE = 1_000_000;
const BAR = 1.3;

/** S4: the same questions of ten thousand tokens and of a million, on a platform that nothing else has filled. */
export const growth: Scenario = async ({ folder, started, platform: isMeasured }) => {
  if (!isMeasured) return nothing;
  const home = join(folder, 'growth');
  await mkdir(home);
  const postgres = await startProductionPostgres(home);
  started.defer(postgres.stop);
  const platform = await startPlatform(postgres, home, started);
  const small = await measureAt(platform, SMALL);
  const large = await measureAt(platform, LARGE);
  const questions = Object.entries(large);
  return {
    figures: [...figures('10,000', small), ...figures('1,000,000', large)],
    bars: questions.map(([question, milliseconds]) =>
      atMost({
        id: `S4.${question}`,
        what: `a million tokens against ten thousand: ${question}, p50`,
        value: milliseconds / (small[question] ?? NaN),
        unit: '×',
        bar: BAR,
      }),
    ),
  };
};

const figures = (tokens: string, latencies: Latencies): Figure[] =>
  Object.entries(latencies).map(([question, value]) => ({
    scenario: 'S4',
    name: `${question}, ${tokens} tokens`,
    value,
    unit: 'ms',
  }));
