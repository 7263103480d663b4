import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Failure, signIn } from '@valetkey/contracts';
import { ForgetStaleRowsJob } from '../housekeeping/forget-stale-rows.job.ts';
import { openedSession } from '../../test/opened-session.ts';
import { granted, type SignedIn, signedIn } from '../../test/signed-in.ts';
import { startIdentity, type TestIdentity } from '../../test/start-identity.ts';
import { toldEvents } from '../../test/told-events.ts';

const DAY_MS = 24 * 3_600_000;
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';
const CHROME = 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Safari/537.36';

let identity: TestIdentity;
let ada: SignedIn;

beforeAll(async () => {
  identity = await startIdentity();
});
beforeEach(async () => {
  ada = await signedIn(identity);
});
afterAll(async () => identity.stop());

async function arrive(address: string, userAgent = FIREFOX): Promise<void> {
  const { email, password } = ada;
  granted(await identity.gateway.ask(signIn, { email, password }, identity.context(undefined, { address, userAgent })));
}

async function told(): Promise<unknown[]> {
  const events = await toldEvents(identity.database, `user:${ada.id}`);
  return events.filter(({ type }) => type?.includes('new-place')).map(({ data }) => data);
}

describe('a sign-in', () => {
  it('is from no new place at the very first time, nor from nearby with the same device', async () => {
    await arrive('203.0.113.7');
    await arrive('203.0.113.200', FIREFOX.replaceAll('130', '131'));
    expect(await told()).toEqual([]);
  });

  it('from another network is told, once', async () => {
    await arrive('203.0.113.7');
    await arrive('198.51.100.7');
    await arrive('198.51.100.7');
    expect(await told()).toEqual([{ address: '198.51.100.7', device: 'Firefox on Linux' }]);
  });

  it('with another device is told', async () => {
    await arrive('2001:db8:1:2::7');
    await arrive('2001:db8:1:ffff::7', CHROME);
    expect(await told()).toEqual([{ address: '2001:db8:1:ffff::7', device: 'Chrome on Windows' }]);
  });

  it('from a new place is told once, of several at once', async () => {
    await arrive('203.0.113.7');
    await Promise.all(Array.from({ length: 5 }, () => arrive('198.51.100.7')));
    expect(await told()).toHaveLength(1);
  });

  it('that opens no session comes from nowhere', async () => {
    identity.neighbours.openPortalSession = () => new Failure('unavailable', { retryAfter: 1 });
    await expect(arrive('203.0.113.7')).rejects.toThrow('unavailable');
    identity.neighbours.openPortalSession = openedSession;
    await arrive('198.51.100.7');
    expect(await told()).toEqual([]);
  });
});

describe('a place', () => {
  it('is kept as a digest', async () => {
    await arrive('203.0.113.7');
    const { rows } = await identity.database.query('SELECT k::text AS text FROM known_places k');
    expect(JSON.stringify(rows)).not.toMatch(/203\.0|Firefox/);
  });

  it('is forgotten when nobody has come from it for 180 days, and new again', async () => {
    const job = identity.app.get(ForgetStaleRowsJob);
    await arrive('203.0.113.7');
    identity.clock.advance(100 * DAY_MS);
    await arrive('203.0.113.7');
    identity.clock.advance(100 * DAY_MS);
    await job.run();
    await arrive('203.0.113.7');
    expect(await told()).toEqual([]);
    identity.clock.advance(180 * DAY_MS);
    await job.run();
    await arrive('203.0.113.7');
    expect(await told()).toEqual([{ address: '203.0.113.7', device: 'Firefox on Linux' }]);
  });
});
