import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Owner } from '../client.ts';
import { eventually } from '../eventually.ts';
import { type Effects, startEffects } from './effects.ts';
import { type LendingLoad, lendingLoad } from './lending-load.ts';
import { settledOwner } from './settled-owner.ts';
import { SignUps } from './sign-ups.ts';
import { type Processes, startProcesses } from './start-processes.ts';
import { auditedEvents, brokenChains, streamedEvents, toldEvents, undeliveredOrders } from './trails.ts';

const RECOVERY_MS = 10_000;
/** Mails under way at a time: a crash between the mail server's word and our note of it sends each of these twice. */
const MAILS_AT_A_TIME = 3;

let processes: Processes;
let owner: Owner;
let effects: Effects;
let load: LendingLoad;
let signUps: SignUps;
let notificationKills = 0;

beforeAll(async () => {
  processes = await startProcesses({ tokens: 2 });
  owner = await settledOwner(processes, 'ada@harbour.example');
  signUps = new SignUps(processes);
  effects = await startEffects(processes);
  load = lendingLoad(processes, owner);
}, 90_000);
afterAll(async () => {
  try {
    await load.stop();
    await effects.stop();
  } finally {
    await processes.stop();
  }
}, 30_000);

/** Waits until so many more visits have gone well from the first step to the last. */
async function moreVisits(count: number): Promise<void> {
  const until = load.visits + count;
  await eventually(
    `${count} more visits (${JSON.stringify(load.answers)})`,
    async () => load.visits >= until || undefined,
  );
}

/** Waits until so many more requests have been refused because a part of the platform is away. */
async function moreRefusals(count: number): Promise<void> {
  const until = (load.answers['503'] ?? 0) + count;
  await eventually(`${count} more refusals`, async () => (load.answers['503'] ?? 0) >= until || undefined);
}

/** From the moment that everything runs again. */
async function expectRecovery(since: number): Promise<void> {
  await moreVisits(1);
  expect(performance.now() - since).toBeLessThan(RECOVERY_MS);
}

describe('killed again and again under load, the platform recovers without a hand', () => {
  it.each([0, 1, 0])(
    'when tokens is killed (replica %i)',
    async (replica) => {
      await moreVisits(5);
      const tokens = processes.services['tokens']?.[replica];
      await tokens?.kill();
      await expectRecovery(performance.now());
      await tokens?.start();
      await expectRecovery(performance.now());
    },
    60_000,
  );

  it.each([1, 2])(
    'when both replicas of tokens are killed (%i)',
    async () => {
      await moreVisits(5);
      const replicas = processes.services['tokens'] ?? [];
      await Promise.all(replicas.map((each) => each.kill()));
      await Promise.all(replicas.map((each) => each.start()));
      await expectRecovery(performance.now());
    },
    60_000,
  );

  it.each([1, 2])(
    'when audit is killed (%i)',
    async () => {
      await moreVisits(5);
      await processes.service('audit').kill();
      await moreVisits(5);
      await processes.service('audit').start();
    },
    60_000,
  );

  it.each(['one', 'two'])(
    'when notifications is killed while it sends (%s)',
    async (time) => {
      const before = processes.mailbox.messages().length;
      await signUps.add(`${time}-a`, `${time}-b`, `${time}-c`, `${time}-d`);
      await eventually('the first mail', async () => processes.mailbox.messages().length > before || undefined);
      await processes.service('notifications').kill();
      notificationKills += 1;
      await signUps.add(`${time}-e`, `${time}-f`);
      await processes.service('notifications').start();
      const started = performance.now();
      await signUps.untilMailed();
      expect(performance.now() - started).toBeLessThan(RECOVERY_MS);
    },
    60_000,
  );

  it.each(Array.from({ length: 5 }, (_, time) => time + 1))(
    'when NATS is killed (%i)',
    async () => {
      await moreVisits(5);
      await expectRecovery(await processes.servers.crashNats());
    },
    60_000,
  );

  it('when NATS stays away for a while', async () => {
    await expectRecovery(await processes.servers.crashNats(() => moreRefusals(100)));
  }, 60_000);

  it.each(Array.from({ length: 12 }, (_, time) => time + 1))(
    'when PostgreSQL is killed (%i)',
    async () => {
      await moreVisits(5);
      await expectRecovery(await processes.servers.crashPostgres());
    },
    60_000,
  );

  it('when PostgreSQL stays away for a while', async () => {
    await expectRecovery(await processes.servers.crashPostgres(() => moreRefusals(100)));
  }, 60_000);
});

describe('after all that', () => {
  let ids: string[];

  beforeAll(async () => {
    await load.stop();
    process.stdout.write(`crashes: ${load.visits} visits of ${load.done}, answers ${JSON.stringify(load.answers)}\n`);
    ids = await eventually('every event is sent', async () => {
      const told = await toldEvents(processes);
      return told.unsent === 0 ? told.ids.sort() : undefined;
    });
  }, 30_000);

  it('every event of every outbox is in the stream once, and no other', async () => {
    expect(ids.length).toBeGreaterThan(100);
    const streamed = (await streamedEvents(processes)).map(({ id }) => id);
    expect(streamed.sort()).toEqual(ids);
  });

  it('the events of one entity stand in the stream in the order of their changes', async () => {
    const latest = new Map<string, number>();
    for (const { type, subject, sequence } of await streamedEvents(processes)) {
      const entity = `${type.split('.')[2] ?? ''}:${subject}`;
      expect({ entity, sequence }).toEqual({ entity, sequence: expect.any(Number) });
      expect(sequence).toBeGreaterThanOrEqual(latest.get(entity) ?? 0);
      latest.set(entity, sequence);
    }
  });

  it('every event is in the audit trail once, in chains without a break', async () => {
    await eventually(
      'the audit trail is complete',
      async () => (await auditedEvents(processes)).length >= ids.length || undefined,
    );
    expect((await auditedEvents(processes)).sort()).toEqual(ids);
    expect(await brokenChains(processes)).toEqual([]);
  }, 30_000);

  it('every event has had its effect at a subscriber once', async () => {
    await eventually(
      'the subscriber has handled all',
      async () => (await effects.all()).length >= ids.length || undefined,
    );
    expect((await effects.all()).sort()).toEqual(ids);
  }, 30_000);

  it('every order is delivered, and everybody has had their mail, twice at most where a crash came before the note', async () => {
    await eventually('every order is delivered', async () => (await undeliveredOrders(processes)) === 0 || undefined);
    const messageIds = await signUps.untilMailed();
    expect(new Set(messageIds).size).toBe(signUps.count);
    expect(messageIds.length - signUps.count).toBeLessThanOrEqual(notificationKills * MAILS_AT_A_TIME);
  });

  it('nothing was answered with a fault of ours', () => {
    expect(Object.keys(load.answers).sort()).toEqual(expect.arrayContaining(['200', '201', '204']));
    expect(load.answers['500']).toBeUndefined();
  });
});
