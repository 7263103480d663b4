import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestBus, type TestBus } from '@valetkey/testing';
import type { BusConnection } from './bus-connection.ts';
import { type OutboxKind, type Relaying, RelaySignals } from './relay-signals.ts';

let bus: TestBus;
let connection: BusConnection;
let here: RelaySignals;
let elsewhere: RelaySignals;

beforeEach(async () => {
  bus = await startTestBus();
  connection = await bus.connect('tokens');
  here = new RelaySignals(connection, 'tokens');
  elsewhere = new RelaySignals(await bus.connect('tokens'), 'tokens');
});
afterEach(async () => bus.stop());

/** A leader that notes what it is told, and sends what it is to flush, or cannot. */
function relaying(flush: Relaying['flush'] = async () => true) {
  const told = Promise.withResolvers<OutboxKind>();
  return { told: told.promise, poked: told.resolve, flush };
}

async function leadHere(leader: Relaying): Promise<{ stop: () => void }> {
  const led = here.lead(leader);
  await connection.nats.flush();
  return led;
}

describe.each([
  ['in its own process', () => here],
  ['in another one', () => elsewhere],
])('a leader is told %s', (_where, signals) => {
  it.each(['event', 'command'] as const)('that an outbox holds a new %s', async (kind) => {
    const leader = relaying();
    await leadHere(leader);
    signals().poke(kind);
    expect(await leader.told).toBe(kind);
  });

  it('to send what was committed, and says whether it did', async () => {
    let possible = true;
    await leadHere(relaying(async () => possible));
    expect(await signals().flush()).toBe(true);
    possible = false;
    expect(await signals().flush()).toBe(false);
  });

  it('to send what was committed, and is not waited for more than three seconds', async () => {
    await leadHere(relaying(() => new Promise(() => undefined)));
    expect(await signals().flush()).toBe(false);
  });
});

describe('without a leader', () => {
  it('a flush waits for the next one', async () => {
    const flushed = elsewhere.flush();
    const first = await leadHere(relaying());
    expect(await flushed).toBe(true);
    first.stop();
    const again = here.flush();
    await leadHere(relaying());
    expect(await again).toBe(true);
  });

  it('a flush cannot say that anything was sent', async () => {
    expect(await here.flush()).toBe(false);
  });
});
