import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getAccessKey, recordUses } from '@valetkey/contracts';
import { v7 as uuidv7 } from 'uuid';
import { MINUTE, type Owner, SECOND, Tokens } from '../../test/tokens.ts';
import { MAX_PLACES } from './keep-places.ts';

let tokens: Tokens;
let owner: Owner;

beforeAll(async () => {
  tokens = await Tokens.start();
  owner = tokens.owner();
});
afterAll(() => tokens.stop());

const use = ({ id }: { id: string }, address?: string, milliseconds = 0) => ({
  id,
  at: tokens.later(milliseconds).toISOString(),
  address,
});
const record = (...keyUses: ReturnType<typeof use>[]) => tokens.ask(recordUses, { uses: [], keyUses });
const look = ({ id }: { id: string }) =>
  tokens.ask(getAccessKey, { accountId: owner.accountId, accessKeyId: id }, owner);
const newPlacesOf = async ({ id }: { id: string }) =>
  (await tokens.eventsOf(`access-key:${id}`)).filter(({ type }) => type.includes('used-from-new-place'));

describe('Uses of an access key', () => {
  it('move its last use, the latest of each', async () => {
    const key = await tokens.createKey(owner);
    tokens.service.clock.advance(MINUTE);
    await record(use(key, '198.51.100.1', -10 * SECOND), use(key, '198.51.100.2', -5 * SECOND));
    await record(use(key, '198.51.100.3', -20 * SECOND));
    const lastUsedAt = tokens.later(-5 * SECOND).toISOString();
    expect(await look(key)).toMatchObject({ lastUsedAt, lastUsedFrom: '198.51.100.2' });
  });

  it('from nobody knows where show no address, and reach into no future', async () => {
    const key = await tokens.createKey(owner);
    await record(use(key, '198.51.100.1'));
    tokens.service.clock.advance(SECOND);
    await record(use(key, undefined, MINUTE));
    const shown = await look(key);
    expect(shown.lastUsedAt).toBe(tokens.later(0).toISOString());
    expect(shown).not.toHaveProperty('lastUsedFrom');
    expect(await newPlacesOf(key)).toEqual([]);
  });

  it('may be of a key that is gone, and come with uses of sessions', async () => {
    const opened = await tokens.redeem((await tokens.create(owner)).secret);
    const key = await tokens.createKey(owner);
    tokens.service.clock.advance(SECOND);
    const [at, address] = [tokens.later(0).toISOString(), '198.51.100.1'];
    const uses = [{ id: opened.session.id, at, address }];
    await tokens.ask(recordUses, { uses, keyUses: [use({ id: uuidv7() }, address), use(key, address)] });
    expect((await look(key)).lastUsedAt).toBe(at);
    expect((await tokens.verify(opened.secret))?.lastSeenAt).toBe(at);
  });
});

describe('A place that a key was never used from', () => {
  it('is told, once for each network; the first is where it lives', async () => {
    const key = await tokens.createKey(owner, { name: 'CI' });
    await record(use(key, '198.51.100.1'));
    await record(use(key, '198.51.100.77'));
    expect(await newPlacesOf(key)).toEqual([]);

    await record(use(key, '203.0.113.9'));
    await record(use(key, '203.0.113.10'), use(key, '198.51.100.1'));
    await record(use(key, '2001:db8:1:2::1'), use(key, '2001:db8:1:3::1'));

    expect(await newPlacesOf(key)).toMatchObject([
      { actor: `access-key:${key.id}`, sequence: 2, data: { name: 'CI', address: '203.0.113.9' } },
      { actor: `access-key:${key.id}`, sequence: 3, data: { name: 'CI', address: '2001:db8:1:2::1' } },
    ]);
    expect(await tokens.told(`access-key:${key.id}`)).toHaveLength(3);
  });

  it('in a first batch is each but the earliest', async () => {
    const key = await tokens.createKey(owner);
    await record(use(key, '203.0.113.9', -SECOND), use(key, '198.51.100.1', -2 * SECOND));
    expect(await newPlacesOf(key)).toMatchObject([{ data: { address: '203.0.113.9' } }]);
  });

  it('is told once by many gateways that tell of it at once', async () => {
    const key = await tokens.createKey(owner);
    await record(use(key, '198.51.100.1'));
    await Promise.all(Array.from({ length: 8 }, () => record(use(key, '203.0.113.9'), use(key, '192.0.2.1'))));
    expect(await newPlacesOf(key)).toHaveLength(2);
  });

  it('is new to each key by itself, and forgotten with it', async () => {
    const [one, other] = [await tokens.createKey(owner), await tokens.createKey(owner)];
    await record(use(one, '198.51.100.1'), use(other, '203.0.113.9'));
    await record(use(one, '203.0.113.9'), use(other, '203.0.113.9'));
    expect([await newPlacesOf(one), await newPlacesOf(other)]).toMatchObject([[{}], []]);
    await tokens.sql('DELETE FROM access_keys WHERE id = $1', [one.id]);
    expect(await tokens.sql('SELECT 1 FROM access_key_places WHERE access_key_id = $1', [one.id])).toEqual([]);
  });

  it('is told of no more for a key that is at home everywhere', async () => {
    const key = await tokens.createKey(owner);
    await record(...Array.from({ length: MAX_PLACES + 20 }, (_, net) => use(key, `10.1.${net}.1`)));
    await record(use(key, '203.0.113.9'));
    expect(await newPlacesOf(key)).toHaveLength(MAX_PLACES - 1);
  });
});
