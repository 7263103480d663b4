import { atMost } from '../harness/bar.ts';
import { type Figure, nothing, type Outcome, type Scenario } from '../harness/scenario.ts';
import { percentile } from '../harness/statistics.ts';
import { steadyLoad } from '../harness/steady-load.ts';
import { checkPoints, type CheckPoint } from '../platform/check-points.ts';
import { ownerClient } from '../platform/owner-client.ts';
import { seedSessions } from '../platform/seed-sessions.ts';
import { revoke, type Revoked } from './s3-revocation/revoke.ts';

const ROUNDS = 200;
const CHECKS_PER_SECOND = 1000;
const OTHER_SESSIONS = 1000;

/** S3: how long after the DELETE's answer is a session of the deleted login token still taken anywhere? */
export const revocation: Scenario = async ({ platform }) => {
  if (!platform) return nothing;
  const points = checkPoints(platform);
  const owner = await ownerClient(platform);
  const others = await seedSessions(platform, OTHER_SESSIONS);
  const stopLoad = steadyLoad(CHECKS_PER_SECOND, (index) => checkOne(points, others, index));
  const revoked: Revoked[] = [];
  for (let round = 0; round < ROUNDS; round++) revoked.push(await revoke(platform, owner, points));
  await stopLoad();
  return outcome(points, revoked, await countAccepted(points, revoked));
};

/** Each check point in turn, each time with the next session. */
async function checkOne(points: CheckPoint[], sessions: string[], index: number): Promise<void> {
  const point = points[index % points.length];
  const session = sessions[Math.floor(index / points.length) % sessions.length] ?? '';
  if (!(await point?.accepts(session))) throw new Error(`${point?.name} refuses a session that nobody has touched`);
}

/** Of all the revoked sessions, how many does anybody still take at the end? */
async function countAccepted(points: CheckPoint[], revoked: Revoked[]): Promise<number> {
  let accepted = 0;
  for (const point of points) for (const { secret } of revoked) accepted += Number(await point.accepts(secret));
  return accepted;
}

function outcome(points: CheckPoint[], revoked: Revoked[], accepted: number): Outcome {
  const last = revoked.map(({ delays }) => Math.max(...delays));
  const what = 'from the DELETE’s answer to the last wrong “active” anywhere';
  return {
    figures: points.map((point, index) =>
      figureOf(
        point.name,
        revoked.map(({ delays }) => delays[index] ?? NaN),
      ),
    ),
    bars: [
      atMost({ id: 'S3.p50', what: `${what}, p50`, value: percentile(last, 0.5), unit: 'ms', bar: 10 }),
      atMost({ id: 'S3.p99', what: `${what}, p99`, value: percentile(last, 0.99), unit: 'ms', bar: 50 }),
      atMost({ id: 'S3.after', what: 'revoked sessions still taken at the end', value: accepted, unit: '', bar: 0 }),
    ],
  };
}

const figureOf = (name: string, delays: number[]): Figure => ({
  scenario: 'S3',
  name: `last wrong “active”, ${name}`,
  value: percentile(delays, 0.99),
  unit: 'ms (p99)',
  details: { p50: percentile(delays, 0.5), max: Math.max(...delays), wrong: delays.filter((ms) => ms > 0).length },
});
