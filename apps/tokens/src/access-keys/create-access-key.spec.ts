import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createAccessKey, getAccessKey, listAccessKeys, type Role } from '@valetkey/contracts';
import { Replayed } from '@valetkey/messaging';
import { v7 as uuidv7 } from 'uuid';
import { type Owner, Tokens } from '../../test/tokens.ts';

let tokens: Tokens;
let owner: Owner;

beforeAll(async () => {
  tokens = await Tokens.start();
  owner = tokens.owner();
});
afterAll(() => tokens.stop());

const refusalOf = (fields: object, caller = owner) =>
  tokens.attempt(createAccessKey, { accountId: owner.accountId, name: uuidv7(), ...fields }, caller);
const keyOf = (role: Role): Owner => ({
  ...owner,
  kind: 'access_key',
  subject: { type: 'access-key', id: uuidv7(), name: 'CI' },
  grants: [{ scope: { type: 'account', id: owner.accountId }, role }],
});

describe('A new access key', () => {
  it('may view the whole account unless it says otherwise', async () => {
    const { secret, ...key } = await tokens.createKey(owner, { name: 'Nightly export' });

    expect(secret).toMatch(/^vkk_[0-9A-Za-z]{49}$/);
    expect(key).toEqual({
      id: expect.any(String),
      name: 'Nightly export',
      status: 'active',
      role: 'viewer',
      scope: { type: 'account', id: owner.accountId },
      allowedCidrs: [],
      hint: `vkk_…${secret.slice(-4)}`,
      createdAt: '2026-03-01T12:00:00.000Z',
      createdBy: { id: owner.subject.id, name: 'Ada Owner' },
    });
  });

  it('has what is asked for', async () => {
    const asked = {
      role: 'manager' as const,
      scope: { type: 'group' as const, id: tokens.newScope() },
      expiresAt: '2026-04-01T00:00:00+02:00',
      allowedCidrs: ['203.0.113.0/24'],
    };
    const { id } = await tokens.createKey(owner, asked);

    const key = await tokens.ask(getAccessKey, { accountId: owner.accountId, accessKeyId: id }, owner);

    expect(key).toMatchObject({ ...asked, expiresAt: '2026-03-31T22:00:00.000Z', revision: 1 });
  });

  it('shows its secret once, and keeps a hash alone', async () => {
    const { id, secret } = await tokens.createKey(owner);
    const one = await tokens.ask(getAccessKey, { accountId: owner.accountId, accessKeyId: id }, owner);
    const list = await tokens.ask(listAccessKeys, { accountId: owner.accountId }, owner);
    const rows = await tokens.sql('SELECT k::text AS all FROM access_keys k WHERE id = $1', [id]);
    const all = JSON.stringify([one, list, rows, await tokens.eventsOf(`access-key:${id}`)]);
    expect(all).not.toContain(secret.slice(4, -4));
  });

  it('is told, with who made it', async () => {
    const { id } = await tokens.createKey(owner, { name: 'Told' });
    expect(await tokens.eventsOf(`access-key:${id}`)).toMatchObject([
      {
        type: 'dev.valetkey.access-key.created.v1',
        actor: `user:${owner.subject.id}`,
        sequence: 1,
        data: { name: 'Told', role: 'viewer', scope: { type: 'account', id: owner.accountId } },
      },
    ]);
  });

  it('that is asked for again is answered without its secret', async () => {
    const asked = { accountId: owner.accountId, name: `Key ${uuidv7()}` };
    const keyed = () => tokens.service.context(owner, { idempotency: { key: 'again', bodyDigest: 'same' } });
    await tokens.service.gateway.ask(createAccessKey, asked, keyed());
    const { answer } = await tokens.service.gateway.request(createAccessKey, asked, keyed());
    if (!(answer instanceof Replayed)) throw new Error('not a replay');
    expect(answer.value).toEqual({ accessKey: expect.objectContaining({ name: asked.name }) });
  });

  it('has its name for itself in the account, of many who ask at once one alone', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => refusalOf({ name: 'Only one' })));
    expect(answers.filter((answer) => answer !== 'name_taken')).toHaveLength(1);
    await tokens.createKey(tokens.owner(), { name: 'Only one' });
  });
});

describe('An access key is refused', () => {
  it.each([
    ['an expiry that is now', { expiresAt: '2026-03-01T12:00:00Z' }, 'expiry_not_future'],
    ['a group that is not there', { scope: { type: 'group', id: uuidv7() } }, 'not_found'],
    ['another account for its scope', { scope: { type: 'account', id: uuidv7() } }, 'not_found'],
    ['a role that cannot be lent', { role: 'owner' }, 'malformed'],
    ['what only login tokens have', { maxSessions: 1 }, 'malformed'],
    ['an empty name', { name: ' ' }, 'malformed'],
  ])('%s', async (_what, fields, code) => {
    expect(await refusalOf(fields)).toBe(code);
  });

  it.each(['manager', 'viewer', 'supporter'] as const)('to an account %s', async (role) => {
    const grants = [{ scope: { type: 'account' as const, id: owner.accountId }, role }];
    expect(await refusalOf({}, { ...owner, grants })).toBe('forbidden');
  });

  it('to a key, which may read none either', async () => {
    expect(await refusalOf({}, keyOf('manager'))).toBe('key_not_allowed');
    expect(await tokens.attempt(listAccessKeys, { accountId: owner.accountId }, keyOf('manager'))).toBe('forbidden');
  });

  it('to one who stands in another account', async () => {
    expect(await refusalOf({}, tokens.owner())).toBe('not_found');
  });
});

describe('What an access key makes', () => {
  it('names the key as who made it', async () => {
    const key = keyOf('manager');
    const { createdBy, id } = await tokens.create(key);
    expect(createdBy).toEqual({ id: key.subject.id, name: 'CI' });
    expect(await tokens.eventsOf(`login-token:${id}`)).toMatchObject([{ actor: `access-key:${key.subject.id}` }]);
  });
});
