import { setTimeout as delay } from 'node:timers/promises';
import { atMost } from '../harness/bar.ts';
import { residentMemory } from '../harness/resident-memory.ts';
import { type Figure, nothing, type Scenario } from '../harness/scenario.ts';
import { npmStart } from './s7-footprint/npm-start.ts';

const SERVICES = ['gateway', 'identity', 'tenancy', 'tokens', 'notifications', 'audit', 'example-devices'];
const REST_MS = 10_000;

/** S7: how soon it is there, and what it weighs. The run's own platform is weighed after all the load of the others. */
export const footprint: Scenario = async ({ platform, started }) => {
  if (!platform) return nothing;
  const after = await weigh(platform.pids);
  const first = await npmStart();
  await first.stop();
  const again = await npmStart();
  started.defer(again.stop);
  await delay(REST_MS);
  const rest = await weigh(again.pids);
  const slower = Math.max(first.seconds, again.seconds);
  return {
    figures: [
      {
        scenario: 'S7',
        name: 'npm start to ready',
        value: slower,
        unit: 's',
        details: { starts: [first.seconds, again.seconds] },
      },
      ...memoryFigures('at rest', rest),
      ...memoryFigures('after the load', after),
    ],
    bars: [
      atMost({ id: 'S7.start', what: 'npm start on an installed tree to ready', value: slower, unit: 's', bar: 10 }),
      atMost({
        id: 'S7.rest',
        what: 'resident memory of the largest service at rest',
        value: heaviest(rest),
        unit: 'MB',
        bar: 150,
      }),
      atMost({
        id: 'S7.after',
        what: 'resident memory of the largest service after the load',
        value: heaviest(after),
        unit: 'MB',
        bar: 300,
      }),
    ],
  };
};

/** Megabytes per service; what is not ours (PostgreSQL, NATS, the mail catcher) is left out. */
async function weigh(pids: Record<string, number>): Promise<Map<string, number>> {
  const ours = Object.entries(pids).filter(([name]) => SERVICES.some((service) => name.startsWith(service)));
  return new Map(await Promise.all(ours.map(async ([name, pid]) => [name, await residentMemory(pid)] as const)));
}

const heaviest = (weights: Map<string, number>): number => Math.max(...weights.values());

const memoryFigures = (when: string, weights: Map<string, number>): Figure[] =>
  [...weights].map(([name, value]) => ({ scenario: 'S7', name: `${name} ${when}`, value, unit: 'MB' }));
