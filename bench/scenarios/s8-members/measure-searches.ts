import { atMost } from '../../harness/bar.ts';
import type { Outcome } from '../../harness/scenario.ts';
import { median, percentile } from '../../harness/statistics.ts';
import type { Views } from './open-tenants.ts';
import { searches } from './searches.ts';
import { timeInTurn } from './time-in-turn.ts';

const TIMES = 200;
const BAR_MS = 50;

/** Each search of the owner and of the group's manager, by turns. */
export async function measureSearches({ owner, groupManager }: Views): Promise<Outcome> {
  const kinds = Object.entries(searches).flatMap(([name, search]) => [
    { id: `owner.${name}`, ask: (index: number) => owner.read(search(index)) },
    { id: `groupManager.${name}`, ask: (index: number) => groupManager.read(search(index)) },
  ]);
  const asked = kinds.map(({ ask }) => ask);
  const latencies = await timeInTurn(asked, TIMES);
  const measured = kinds.map(({ id }, index) => ({ id, latencies: latencies[index] ?? [] }));
  return {
    figures: measured.map(({ id, latencies: each }) => ({
      scenario: 'S8',
      name: `search, ${id}`,
      value: percentile(each, 0.99),
      unit: 'ms',
      details: { p50: median(each) },
    })),
    bars: measured.map(({ id, latencies: each }) =>
      atMost({
        id: `S8.search.${id}`,
        what: `search among 100,000 users: ${id}, p99`,
        value: percentile(each, 0.99),
        unit: 'ms',
        bar: BAR_MS,
      }),
    ),
  };
}
