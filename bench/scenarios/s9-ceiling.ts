import { atMost } from '../harness/bar.ts';
import { nothing, type Outcome, type Scenario } from '../harness/scenario.ts';
import { send } from '../harness/send.ts';
import { percentile } from '../harness/statistics.ts';
import type { CheckPoint } from '../platform/check-points.ts';
import { introspect } from '../platform/introspect.ts';
import type { Platform } from '../platform/platform.ts';
import { narrow, type Narrowed } from './s9-ceiling/narrow.ts';
import { grantAllAgain, seedPartnerUsers } from './s9-ceiling/partner-users.ts';
import { ALL, openPartnership, type TwoCompanies } from './s9-ceiling/two-companies.ts';

const USERS = 10_000;
const SESSIONS = 4;
const ROUNDS = 10;

/** S9: how long after a client narrows the ceiling over ten thousand partner users may any of them do what it took away? */
export const ceiling: Scenario = async ({ platform }) => {
  if (!platform) return nothing;
  const companies = await openPartnership(platform, SESSIONS);
  await seedPartnerUsers(platform, companies.partnershipId, USERS - 1);
  const scene = { platform, companies, points: pointsOf(platform), users: USERS };
  const rounds: Narrowed[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    rounds.push(await narrow(scene));
    await widen(platform, companies);
  }
  return outcome(rounds);
};

/** Where it is asked whether somebody may see devices. */
function pointsOf({ gateways, subscriber, resourceServer }: Platform): CheckPoint[] {
  const ofGateway = (gateway: string, index: number): CheckPoint => ({
    name: `gateway ${index + 1}`,
    accepts: async (secret) =>
      (await introspect(gateway, resourceServer, secret)).scope?.includes('devices.view') ?? false,
  });
  return [...gateways.map(ofGateway), { name: 'subscriber', accepts: (secret) => maySeeDevices(subscriber, secret) }];
}

async function maySeeDevices(subscriber: string, secret: string): Promise<boolean> {
  const headers = { Authorization: `Bearer ${secret}`, Accept: 'application/json' };
  const { status, body } = await send(subscriber, { method: 'GET', path: '/devices', headers });
  if (status !== 200 && status !== 403) throw new Error(`The subscriber answered ${status} ${body}`);
  return status === 200;
}

/** Widening restores nothing, so everybody is granted it anew: one of them by the API, of which the others hear. */
async function widen(platform: Platform, companies: TwoCompanies): Promise<void> {
  await companies.setCeiling(ALL);
  await grantAllAgain(platform, companies.partnershipId);
  for (const permissions of [['devices.manage'], ALL]) await companies.grant(permissions);
}

function outcome(rounds: readonly Narrowed[]): Outcome {
  const last = rounds.flatMap(({ delays }) => delays);
  const accepted = rounds.reduce((sum, round) => sum + round.accepted, 0);
  const told = Math.max(...rounds.map((round) => round.told)) / 1000;
  const answered = rounds.map((round) => round.answered);
  const what = `${USERS.toLocaleString('en')} partner users under a narrowed ceiling`;
  return {
    figures: [
      {
        scenario: 'S9',
        name: 'the answer to narrowing',
        value: percentile(answered, 0.5),
        unit: 'ms (p50)',
        details: { max: Math.max(...answered) },
      },
    ],
    bars: [
      atMost({
        id: 'S9.p99',
        what: `${what}: from the answer to the last wrong yes, p99`,
        value: percentile(last, 0.99),
        unit: 'ms',
        bar: 50,
      }),
      atMost({ id: 'S9.after', what: `${what}: wrong at the end`, value: accepted, unit: '', bar: 0 }),
      atMost({ id: 'S9.told', what: `${what}: until each was told of, both sides`, value: told, unit: 's', bar: 10 }),
    ],
  };
}
