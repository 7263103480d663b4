import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { pageOf, Session } from '@valetkey/contracts';
import { z } from 'zod';
import { Client, type Owner } from '../client.ts';
import { eventually } from '../eventually.ts';
import { lend } from '../lending.ts';
import { type LendingLoad, lendingLoad } from './lending-load.ts';
import { settledOwner } from './settled-owner.ts';
import { SignUps } from './sign-ups.ts';
import { direct, type Processes, startProcesses } from './start-processes.ts';
import { query, streamedEvents, toldEvents } from './trails.ts';

const STOP_MS = 10_000;
const AT_ONCE = 90;
let processes: Processes;
let owner: Owner;
let load: LendingLoad | undefined;

beforeAll(async () => {
  processes = await startProcesses({ tokens: 2, gateways: [direct, direct] });
  owner = await settledOwner(processes, 'ada@harbour.example');
}, 90_000);
afterEach(() => load?.stop());
afterAll(() => processes.stop(), 30_000);

/** Asks a service to end: it must do so in time and in good order. */
async function endGently(service: {
  end(signal: NodeJS.Signals): Promise<{ code: number | null; ms: number }>;
  name: string;
}) {
  const { code, ms } = await service.end('SIGTERM');
  process.stdout.write(`SIGTERM: ${service.name} ended after ${Math.round(ms)} ms\n`);
  expect({ name: service.name, code }).toEqual({ name: service.name, code: 0 });
  expect(ms).toBeLessThan(STOP_MS);
}

/** Redeems a token many times at once at one gateway, and asks a service to end when the first answer is there. */
async function redeemWhileEnding(url: string, name: string, end: () => Promise<void>) {
  const token = await lend(owner, { name });
  const gateway = new Client(url);
  let ending: Promise<void> | undefined;
  const statuses = await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      const answer = await gateway
        .call('POST', '/v1/sessions/login-token', { body: { token: token.secret } })
        .catch(() => undefined);
      ending ??= end();
      return answer?.status;
    }),
  );
  await ending;
  const { body } = await owner.call('GET', `${token.path}/sessions?limit=100`);
  return { statuses, sessions: pageOf(Session).parse(body).items.length };
}

describe('asked to end under load', () => {
  it('a replica of tokens ends, and every redemption succeeds', async () => {
    const [first, second] = processes.services['tokens'] ?? [];
    for (const replica of [first, second]) {
      if (!replica) throw new Error('There is no such replica');
      const { statuses, sessions } = await redeemWhileEnding(owner.baseUrl, `T${performance.now()}`, () =>
        endGently(replica),
      );
      expect(new Set(statuses)).toEqual(new Set([201]));
      expect(sessions).toBe(AT_ONCE);
      await replica.start();
    }
  }, 60_000);

  it('a gateway ends, and answers all that it has taken on', async () => {
    const gateway = processes.services['gateway']?.[1];
    if (!gateway) throw new Error('There is no such replica');
    const url = processes.gatewayUrls[1] ?? '';
    const { statuses, sessions } = await redeemWhileEnding(url, 'At the second gateway', () => endGently(gateway));
    const answered = statuses.filter((status) => status !== undefined);
    expect(new Set(answered)).toEqual(new Set([201]));
    expect(sessions).toBe(answered.length);
    await gateway.start();
  }, 60_000);

  it.each(['identity', 'tenancy', 'audit'])(
    '%s ends and comes back',
    async (name) => {
      const visiting = (load = lendingLoad(processes, owner));
      await eventually('a visit', async () => visiting.visits > 2 || undefined);
      await endGently(processes.service(name));
      await processes.service(name).start();
      const before = visiting.visits;
      await eventually('a visit again', async () => visiting.visits > before || undefined);
      await visiting.stop();
      expect(visiting.answers['500']).toBeUndefined();
    },
    60_000,
  );

  it('notifications ends while it sends, and everybody has one mail', async () => {
    const signUps = new SignUps(processes);
    const before = processes.mailbox.messages().length;
    await signUps.add('ann', 'bob', 'cem', 'dan', 'eve', 'fay');
    await eventually('a mail', async () => processes.mailbox.messages().length > before || undefined);
    await endGently(processes.service('notifications'));
    await processes.service('notifications').start();
    const mails = await signUps.untilMailed();
    expect(mails).toHaveLength(new Set(mails).size);
  }, 60_000);
});

const Queued = z.object({ attempts: z.number() });

describe('with the mail server away', () => {
  it('people sign up, and have one mail each once it is back', async () => {
    const signUps = new SignUps(processes);
    await processes.mailbox.close();
    await signUps.add('gus', 'hal', 'ivy', 'joy');
    await eventually('a mail was tried twice', async () => {
      const sql = `SELECT attempts FROM mails WHERE status = 'queued'`;
      const queued = await query(processes.databases['notifications'] ?? '', Queued, sql);
      return (queued.length === signUps.count && queued.some(({ attempts }) => attempts > 1)) || undefined;
    });
    await processes.restartMailbox();
    const mails = await signUps.untilMailed();
    expect(mails).toHaveLength(new Set(mails).size);
    expect(mails).toHaveLength(signUps.count);
  }, 60_000);
});

describe('asked to end with the bus away', () => {
  it('every service ends in time, and what it had told by then is in the stream when all are back', async () => {
    const visiting = (load = lendingLoad(processes, owner));
    await eventually('a visit', async () => visiting.visits > 2 || undefined);
    const all = Object.values(processes.services).flat();
    await processes.servers.crashNats(async () => {
      await eventually('a request refused', async () => (visiting.answers['503'] ?? 0) > 0 || undefined);
      await Promise.all(all.map(endGently));
    });
    await visiting.stop();
    await Promise.all(all.map((service) => service.start()));
    const ids = await eventually('every event is sent', async () => {
      const told = await toldEvents(processes);
      return told.unsent === 0 ? told.ids.sort() : undefined;
    });
    expect((await streamedEvents(processes)).map(({ id }) => id).sort()).toEqual(ids);
  }, 60_000);
});
