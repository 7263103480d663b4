import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { untilInterrupted } from './harness/interruption.ts';
import { chooseGenerator } from './harness/load/choose-generator.ts';
import { startProductionPostgres } from './harness/postgres.ts';
import { keepResults } from './harness/results.ts';
import type { Bench, Scenario } from './harness/scenario.ts';
import { barTable, figureTable } from './harness/tables.ts';
import type { Platform } from './platform/platform.ts';
import { scenarios } from './scenarios/index.ts';

const PEERS_ONLY = '--peers';

/** Runs the scenarios named (all by default), prints what they came to and keeps the bars in `results.json`. */
export async function measure(args: string[]): Promise<void> {
  const chosen = chooseScenarios(args.filter((arg) => arg !== PEERS_ONLY));
  await using started = new AsyncDisposableStack();
  await untilInterrupted(runAll(chosen, args.includes(PEERS_ONLY), started));
}

function chooseScenarios(names: string[]): [string, Scenario][] {
  const unknown = names.filter((name) => !(name in scenarios));
  if (unknown.length > 0)
    throw new Error(`No scenario ${unknown.join(', ')}, but ${Object.keys(scenarios).join(', ')}`);
  return Object.entries(scenarios).filter(([id]) => names.length === 0 || names.includes(id));
}

async function runAll(chosen: [string, Scenario][], peersOnly: boolean, started: AsyncDisposableStack): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'valetkey-bench-'));
  started.defer(() => rm(folder, { recursive: true, maxRetries: 3 }));
  const generator = chooseGenerator();
  const postgres = await startProductionPostgres(folder);
  started.defer(postgres.stop);
  const platform = peersOnly ? undefined : await ourSide(postgres, folder, started);
  for (const [id, scenario] of chosen) await runOne(id, scenario, { postgres, generator, folder, platform });
}

/** Loaded when it is needed: the peers can be measured while the platform does not build. */
async function ourSide(
  ...args: Parameters<typeof import('./platform/start-platform.ts').startPlatform>
): Promise<Platform> {
  const { startPlatform } = await import('./platform/start-platform.ts');
  return startPlatform(...args);
}

async function runOne(id: string, scenario: Scenario, bench: Omit<Bench, 'started'>): Promise<void> {
  process.stdout.write(`\n${id} …\n`);
  await using started = new AsyncDisposableStack();
  const { figures, bars } = await scenario({ ...bench, started });
  process.stdout.write(figureTable(figures) + barTable(bars));
  await keepResults(bars);
}
