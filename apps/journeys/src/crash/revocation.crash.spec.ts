import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { closeAccessEvents, connectAccessEvents } from '@valetkey/access-events';
import { type AccessGuard, createAccessGuard } from '@valetkey/access-guard';
import { testPassword } from '@valetkey/testing';
import { Client, type Owner } from '../client.ts';
import { eventually } from '../eventually.ts';
import { lend } from '../lending.ts';
import { type Load, underLoad } from './load.ts';
import { settledOwner } from './settled-owner.ts';
import { resourceServer } from './staff.ts';
import { direct, type Processes, startProcesses } from './start-processes.ts';
import { TcpPath } from './tcp-path.ts';

const ROUNDS = 30;
const LOAD = { hands: 12, everyMs: 40 };
/** Of a busy machine that runs other tests beside. `npm run bench` measures against the 50 ms that are promised. */
const P99_MS = 250;
/** What a busy machine takes to notice what has happened. */
const BUSY_MS = 1_000;
const SILENT_CUT_MS = 2_000;
const HEALED_WITHIN_MS = 10_000;

let processes: Processes;
let owner: Owner;
let guard: AccessGuard;
/** The way of the first gateway to NATS. */
let path: TcpPath;
let load: Load;
const cleanUp: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  const cuttable = async ({ nats }: { nats: { url: string } }) => {
    path = await TcpPath.to(nats.url);
    return `nats://127.0.0.1:${path.port}`;
  };
  processes = await startProcesses({ gateways: [cuttable, direct, direct] });
  const connected = await settledOwner(processes, 'ada@harbour.example');
  owner = Object.assign(connected.at(processes.gatewayUrls[1] ?? ''), {
    accountId: connected.accountId,
    path: connected.path,
  });
  guard = await startGuard();
}, 90_000);
afterAll(async () => {
  try {
    for (const undo of cleanUp.reverse()) await undo();
    await path.close();
  } finally {
    await processes.stop();
  }
}, 30_000);

async function startGuard(): Promise<AccessGuard> {
  const credentials = await resourceServer(processes);
  const { url } = processes.servers.bus.nats;
  const connection = await connectAccessEvents({
    servers: url,
    user: 'devices',
    password: testPassword('devices'),
    name: 'test',
  });
  const made = createAccessGuard({ connection, gatewayUrl: processes.gatewayUrls[2] ?? '', ...credentials });
  cleanUp.push(async () => {
    made.close();
    await closeAccessEvents(connection);
  });
  return made;
}

/** Asks a verifier whether a session is good: true, false, or undefined when nobody can say. */
type Check = () => Promise<boolean | undefined>;

function checksOf(secret: string): Check[] {
  const atGateways = processes.gatewayUrls.map((url) => () => checkAt(url, secret));
  return [...atGateways, () => checkAtGuard(secret)];
}

async function checkAt(url: string, secret: string): Promise<boolean | undefined> {
  const { status } = await new Client(url, secret).call('GET', '/v1/session');
  if (status !== 200 && status !== 401 && status !== 503) throw new Error(`A check answered ${status}`);
  return status === 503 ? undefined : status === 200;
}

/** From memory, so that it must let others have a turn by itself. */
async function checkAtGuard(secret: string): Promise<boolean> {
  await new Promise((resolve) => setImmediate(resolve));
  return (await guard.verify(secret)).active;
}

/** A token lent, redeemed, and known to be good by everybody who verifies. */
async function warmSession(): Promise<{ checks: Check[]; secret: string; end: () => Promise<number> }> {
  const token = await lend(owner, { name: `Visit ${performance.now()}` });
  const client = await owner.redeem(token.secret);
  const secret = client.secret ?? '';
  const checks = checksOf(secret);
  for (const check of [...checks, ...checks]) expect(await check()).toBe(true);
  return { checks, secret, end: async () => (await owner.call('DELETE', token.path)).status };
}

/** Milliseconds from the answer until the last wrong "active" of a verifier that is asked without a pause; 0 for none. */
async function lastWrong(check: Check, answered: () => number | undefined): Promise<number> {
  let last = 0;
  for (let refusals = 0; refusals < 10;) {
    const asked = performance.now();
    const active = await check();
    const since = answered();
    if (active !== true && since !== undefined) refusals += 1;
    // What was asked before the answer may say what held before it.
    if (active === true && since !== undefined && asked > since) last = performance.now() - since;
  }
  return last;
}

async function round(): Promise<number[]> {
  const { checks, end } = await warmSession();
  const deletion: { answered?: number } = {};
  const watching = Promise.all(checks.map((check) => lastWrong(check, () => deletion.answered)));
  expect(await end()).toBe(204);
  deletion.answered = performance.now();
  const wrong = await watching;
  for (const check of checks) expect(await check()).toBe(false);
  return wrong;
}

function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

describe('a deleted login token, under load', () => {
  beforeAll(async () => {
    const token = await lend(owner, { name: 'Load' });
    const clients = await Promise.all(Array.from({ length: 12 }, () => owner.redeem(token.secret)));
    load = underLoad(
      LOAD.hands,
      (hand) => checkAt(processes.gatewayUrls[hand % 3] ?? '', clients[hand]?.secret ?? ''),
      LOAD.everyMs,
    );
  });
  afterAll(() => load.stop());

  it('lets nobody in any more, at three gateways and a subscriber, within moments of the answer', async () => {
    const wrong: number[] = [];
    const started = performance.now();
    const before = load.done;
    for (let count = 0; count < ROUNDS; count += 1) wrong.push(...(await round()));
    const rate = ((load.done - before) * 1000) / (performance.now() - started);
    const sorted = wrong.sort((one, other) => one - other);
    const figures = { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99), most: sorted.at(-1) ?? 0, rate };
    process.stdout.write(
      `revocation: ${JSON.stringify(figures, (_, value: unknown) => (typeof value === 'number' ? Math.round(value) : value))}\n`,
    );
    expect(figures.p99).toBeLessThan(P99_MS);
  }, 120_000);
});

describe('a gateway that is cut off from NATS', () => {
  /** How long it takes from now until the gateway does not accept any more. */
  async function untilRefused(check: Check): Promise<number> {
    const cut = performance.now();
    await eventually('the gateway that is cut off refuses', async () => ((await check()) === true ? undefined : true));
    return performance.now() - cut;
  }

  async function expectHealed(check: Check): Promise<void> {
    const healed = performance.now();
    await eventually('the gateway says again what is so', async () =>
      (await check()) === undefined ? undefined : true,
    );
    expect(performance.now() - healed).toBeLessThan(HEALED_WITHIN_MS);
  }

  it('accepts nothing from the moment its connection closes, and what was deleted meanwhile never again', async () => {
    const {
      checks: [check = async () => undefined],
      end,
    } = await warmSession();
    const other = await warmSession();
    const heal = await path.close();
    expect(await untilRefused(check)).toBeLessThan(BUSY_MS);
    expect(await end()).toBe(204);
    expect(await check()).toBeUndefined();
    await heal();
    await expectHealed(check);
    expect(await check()).toBe(false);
    expect(await other.checks[0]?.()).toBe(true);
  }, 30_000);

  it('accepts nothing after 2 s of a silent cut, and what was deleted meanwhile never again', async () => {
    const {
      checks: [check = async () => undefined],
      end,
    } = await warmSession();
    const other = await warmSession();
    const heal = path.freeze();
    const cut = performance.now();
    expect(await end()).toBe(204);
    await untilRefused(check);
    expect(performance.now() - cut).toBeLessThan(SILENT_CUT_MS + BUSY_MS);
    heal();
    await expectHealed(check);
    expect(await check()).toBe(false);
    expect(await other.checks[0]?.()).toBe(true);
  }, 30_000);

  it('recovers by itself after the server itself stood still', async () => {
    const { checks } = await warmSession();
    const { pid } = processes.servers.bus.nats;
    process.kill(pid, 'SIGSTOP');
    try {
      const cut = performance.now();
      await Promise.all(checks.slice(0, 3).map(untilRefused));
      expect(performance.now() - cut).toBeLessThan(SILENT_CUT_MS + BUSY_MS);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    for (const check of checks.slice(0, 3)) {
      await expectHealed(check);
      expect(await check()).toBe(true);
    }
  }, 30_000);
});
