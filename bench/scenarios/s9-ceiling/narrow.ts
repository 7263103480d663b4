import { setTimeout as delay } from 'node:timers/promises';
import type { CheckPoint } from '../../platform/check-points.ts';
import type { Platform } from '../../platform/platform.ts';
import { watch } from '../s3-revocation/watch.ts';
import { toldOfUsers } from './partner-users.ts';
import type { TwoCompanies } from './two-companies.ts';

/** Far beyond the bar: who accepts after this is found by the check at the end. */
const WATCH_MS = 250;
const PATIENCE_MS = 60_000;

export interface Narrowed {
  /** Per check point and session, milliseconds from the answer to the last wrong yes. */
  delays: number[];
  /** Milliseconds from the request to its answer. */
  answered: number;
  /** Milliseconds from the answer until the stream had the event of every user on either side. */
  told: number;
  /** Checks that still said yes at the end. */
  accepted: number;
}

interface Scene {
  platform: Platform;
  companies: TwoCompanies;
  points: CheckPoint[];
  users: number;
}

/** Takes one permission out of the ceiling, while every check point is asked about every session without a pause. */
export async function narrow({ platform, companies, points, users }: Scene): Promise<Narrowed> {
  const checks = points.flatMap((point) => companies.sessions.map((secret) => ({ point, secret })));
  for (const { point, secret } of checks)
    if (!(await point.accepts(secret))) throw new Error(`${point.name} refuses a grant that nobody has touched`);
  const before = await toldOfUsers(platform);
  const watches = checks.map(({ point, secret }) => watch(point, secret));
  const asked = performance.now();
  await companies.setCeiling(['devices.manage']);
  const answeredAt = performance.now();
  await delay(WATCH_MS);
  const delays = await Promise.all(watches.map((each) => each.lastWrongAfter(answeredAt)));
  const told = (await untilTold(platform, before + 2 * users)) - answeredAt;
  const last = await Promise.all(checks.map(({ point, secret }) => point.accepts(secret)));
  return { delays, answered: answeredAt - asked, told, accepted: last.filter(Boolean).length };
}

async function untilTold(platform: Platform, count: number): Promise<number> {
  const end = performance.now() + PATIENCE_MS;
  while (performance.now() < end) {
    if ((await toldOfUsers(platform)) >= count) return performance.now();
    await delay(50);
  }
  throw new Error('Not every user whose grant was cut was told of');
}
