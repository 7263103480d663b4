import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { endAccountSessions, listAccountSessions, MAX_GRACE_SECONDS, rotateAccessKey } from '@valetkey/contracts';
import { hashSecret } from '@valetkey/credentials';
import { revokeCredential } from '@valetkey/contracts';
import { v7 as uuidv7 } from 'uuid';
import { HOUR, MINUTE, type Owner, SECOND, Tokens } from '../../test/tokens.ts';

let tokens: Tokens;
let owner: Owner;

beforeAll(async () => {
  tokens = await Tokens.start();
  owner = tokens.owner();
});
afterAll(() => tokens.stop());

const about = ({ id }: { id: string }) => ({ accountId: owner.accountId, accessKeyId: id });
const rotate = (key: { id: string }, graceSeconds?: number) =>
  tokens.ask(rotateAccessKey, { ...about(key), graceSeconds }, owner);
const isGood = async (secret: string) => (await tokens.verifyKey(secret)) !== null;

describe('The secret of an access key', () => {
  it('tells what the key may do, and where', async () => {
    const key = await tokens.createKey(owner, { name: 'CI', allowedCidrs: ['::1'] });
    expect(await tokens.verifyKey(key.secret)).toEqual({
      kind: 'access_key',
      id: key.id,
      subject: { type: 'access-key', id: key.id, name: 'CI' },
      accountId: owner.accountId,
      grant: { scope: { type: 'account', id: owner.accountId }, role: 'viewer' },
      operator: false,
      allowedCidrs: ['::1'],
      createdAt: key.createdAt,
    });
  });

  it('of one organization stands there; of a group it stands in none', async () => {
    const [organization, group] = [tokens.newScope(), tokens.newScope()];
    const inOne = await tokens.createKey(owner, { scope: { type: 'organization', id: organization } });
    const inGroup = await tokens.createKey(owner, { scope: { type: 'group', id: group } });
    expect(await tokens.verifyKey(inOne.secret)).toMatchObject({ organizationId: organization });
    expect(await tokens.verifyKey(inGroup.secret)).not.toHaveProperty('organizationId');
  });

  it('is good until the key expires, to the millisecond, swept or not', async () => {
    const expiresAt = tokens.later(MINUTE).toISOString();
    const key = await tokens.createKey(owner, { expiresAt });
    expect(await tokens.verifyKey(key.secret)).toMatchObject({ expiresAt });
    tokens.service.clock.advance(MINUTE - 1);
    expect(await isGood(key.secret)).toBe(true);
    tokens.service.clock.advance(1);
    expect(await isGood(key.secret)).toBe(false);
    await tokens.sweep();
    expect(await tokens.told(`access-key:${key.id}`)).toEqual(['created', 'expired']);
  });

  it('is no session: it is in no list of them, and nothing that ends sessions ends it', async () => {
    const account = tokens.owner();
    const key = await tokens.createKey(account);
    const { accountId } = account;
    expect((await tokens.ask(listAccountSessions, { accountId }, account)).items).toEqual([]);
    await tokens.ask(endAccountSessions, { accountId }, account);
    await tokens.ask(revokeCredential, { hash: hashSecret(key.secret), resourceServerId: uuidv7() });
    expect(await isGood(key.secret)).toBe(true);
  });
});

describe('Rotating an access key', () => {
  it('without grace ends the old secret at once', async () => {
    const key = await tokens.createKey(owner);
    const { accessKey, secret } = await rotate(key);
    expect(accessKey.hint).toBe(`vkk_…${secret.slice(-4)}`);
    expect([await isGood(key.secret), await isGood(secret)]).toEqual([false, true]);
    expect(await tokens.told(`access-key:${key.id}`)).toEqual(['created', 'rotated']);
  });

  it('with grace keeps the old secret good to its end, which its state names', async () => {
    const key = await tokens.createKey(owner);
    const graceEndsAt = tokens.later(HOUR).toISOString();
    const { secret } = await rotate(key, HOUR / SECOND);

    expect(await tokens.verifyKey(key.secret)).toMatchObject({ id: key.id, expiresAt: graceEndsAt });
    expect(await tokens.verifyKey(secret)).not.toHaveProperty('expiresAt');
    expect((await tokens.eventsOf(`access-key:${key.id}`))[1]).toMatchObject({ data: { graceEndsAt } });
    tokens.service.clock.advance(HOUR - 1);
    expect(await isGood(key.secret)).toBe(true);
    tokens.service.clock.advance(1);
    expect([await isGood(key.secret), await isGood(secret)]).toEqual([false, true]);
  });

  it('never lends the old secret longer than the key', async () => {
    const expiresAt = tokens.later(MINUTE).toISOString();
    const key = await tokens.createKey(owner, { expiresAt });
    await rotate(key, HOUR / SECOND);
    expect(await tokens.verifyKey(key.secret)).toMatchObject({ expiresAt });
  });

  it('leaves one old secret at most', async () => {
    const key = await tokens.createKey(owner);
    const second = await rotate(key, 3600);
    const third = await rotate(key, 3600);
    expect(await Promise.all([key, second, third].map(({ secret }) => isGood(secret)))).toEqual([false, true, true]);
    await rotate(key);
    expect(await Promise.all([second, third].map(({ secret }) => isGood(secret)))).toEqual([false, false]);
  });

  it('at the same time by many leaves the last secret and, within its grace, the one before', async () => {
    const key = await tokens.createKey(owner);
    const rotated = await Promise.all(Array.from({ length: 10 }, () => rotate(key, 60)));
    const good = await Promise.all([key, ...rotated].map(({ secret }) => isGood(secret)));
    expect(good.filter(Boolean)).toHaveLength(2);
    expect(await tokens.told(`access-key:${key.id}`)).toEqual(['created', ...rotated.map(() => 'rotated')]);
  });

  it('is refused for one that has expired, for a grace of over seven days, and for one of another account', async () => {
    const key = await tokens.createKey(owner, { expiresAt: tokens.later(SECOND).toISOString() });
    const asked = { ...about(key), graceSeconds: MAX_GRACE_SECONDS + 1 };
    expect(await tokens.attempt(rotateAccessKey, asked, owner)).toBe('malformed');
    tokens.service.clock.advance(SECOND);
    expect(await tokens.attempt(rotateAccessKey, about(key), owner)).toBe('not_rotatable');
    const foreign = await tokens.createKey(tokens.owner());
    expect(await tokens.attempt(rotateAccessKey, about(foreign), owner)).toBe('not_found');
  });
});
