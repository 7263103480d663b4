import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLoginToken, getLoginToken, listLoginTokens, type Role } from '@valetkey/contracts';
import { Replayed } from '@valetkey/messaging';
import { v7 as uuidv7 } from 'uuid';
import { HOUR, type Owner, Tokens } from '../../test/tokens.ts';

let tokens: Tokens;
let owner: Owner;

beforeAll(async () => {
  tokens = await Tokens.start();
  owner = tokens.owner();
});
afterAll(() => tokens.stop());

const visit = { name: 'Service visit', type: 'one_time' as const };
const refusalOf = async (fields: object, caller = owner) => {
  const input = { accountId: owner.accountId, name: uuidv7(), type: 'permanent' as const, ...fields };
  return tokens.attempt(createLoginToken, input, caller);
};

describe('A new login token', () => {
  it('has the role manager and the whole account for its scope unless others are named', async () => {
    const { secret, ...token } = await tokens.create(owner, visit);

    expect(token).toEqual({
      id: expect.any(String),
      name: 'Service visit',
      type: 'one_time',
      status: 'ready',
      role: 'manager',
      scope: { type: 'account', id: owner.accountId },
      allowedCidrs: [],
      hint: `vkl_…${secret.slice(-4)}`,
      liveSessions: 0,
      createdAt: '2026-03-01T12:00:00.000Z',
      createdBy: { id: owner.subject.id, name: 'Ada Owner' },
    });
  });

  it('has what is asked for', async () => {
    const asked = {
      role: 'viewer' as const,
      scope: { type: 'group' as const, id: tokens.newScope() },
      expiresAt: '2026-04-01T00:00:00+02:00',
      allowedCidrs: ['203.0.113.0/24', '2001:db8::/32'],
      maxSessions: 3,
    };
    const { id } = await tokens.create(owner, asked);

    const token = await tokens.ask(getLoginToken, { accountId: owner.accountId, loginTokenId: id }, owner);

    expect(token).toMatchObject({ ...asked, expiresAt: '2026-03-31T22:00:00.000Z', status: 'active', revision: 1 });
  });

  it('shows its secret once; afterwards its prefix and last four characters only', async () => {
    const account = tokens.owner();
    const { id, secret } = await tokens.create(account);

    const one = await tokens.ask(getLoginToken, { accountId: account.accountId, loginTokenId: id }, account);
    const list = await tokens.ask(listLoginTokens, { accountId: account.accountId }, account);

    expect(one.hint).toBe(`vkl_…${secret.slice(-4)}`);
    expect(JSON.stringify([one, list, await tokens.eventsOf(`login-token:${id}`)])).not.toContain(secret.slice(0, -4));
    const rows = await tokens.sql('SELECT k::text AS all FROM login_tokens k WHERE id = $1', [id]);
    expect(String(rows[0]?.['all'])).not.toContain(secret);
  });

  it('is told, with who made it', async () => {
    const { id } = await tokens.create(owner, { name: 'Told', role: 'viewer' });

    expect(await tokens.eventsOf(`login-token:${id}`)).toMatchObject([
      {
        type: 'dev.valetkey.login-token.created.v1',
        accountid: owner.accountId,
        actor: `user:${owner.subject.id}`,
        sequence: 1,
        data: { name: 'Told', type: 'permanent', role: 'viewer', scope: { type: 'account', id: owner.accountId } },
      },
    ]);
  });
});

describe('The name of a login token', () => {
  it('is unique in the account, and free in another', async () => {
    await tokens.create(owner, { name: 'Front desk' });

    expect(await refusalOf({ name: 'Front desk' })).toBe('name_taken');
    await tokens.create(tokens.owner(), { name: 'Front desk' });
  });

  it('goes to one of many who ask at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => refusalOf({ name: 'Only one' })));

    expect(answers.filter((answer) => answer !== 'name_taken')).toHaveLength(1);
  });

  it.each([[''], ['x'.repeat(61)], ['two\nlines'], ['\u0000']])('cannot be %j', async (name) => {
    expect(await refusalOf({ name })).toBe('malformed');
  });
});

describe('A login token is refused', () => {
  it.each([
    ['an expiry that is past', { expiresAt: '2026-03-01T11:00:00Z' }, 'expiry_not_future'],
    ['an expiry that is now', { expiresAt: '2026-03-01T12:00:00Z' }, 'expiry_not_future'],
    ['a group that is not there', { scope: { type: 'group', id: uuidv7() } }, 'not_found'],
    ['another account for its scope', { scope: { type: 'account', id: uuidv7() } }, 'not_found'],
    ['a role that cannot be lent', { role: 'owner' }, 'malformed'],
    ['a prefix that is none', { allowedCidrs: ['203.0.113.0/33'] }, 'malformed'],
    ['no session at all', { maxSessions: 0 }, 'malformed'],
    ['a field that there is not', { status: 'active' }, 'malformed'],
  ])('%s', async (_what, fields, code) => {
    expect(await refusalOf(fields)).toBe(code);
  });

  it.each([
    ['viewer', 'forbidden'],
    ['supporter', 'forbidden'],
  ] as const)('to an account %s', async (role: Role, code) => {
    const grants = [{ scope: { type: 'account' as const, id: owner.accountId }, role }];
    expect(await refusalOf({}, { ...owner, grants })).toBe(code);
  });

  it('to a manager of a group', async () => {
    const grants = [{ scope: { type: 'group' as const, id: uuidv7() }, role: 'manager' as const }];
    expect(await refusalOf({}, { ...owner, grants })).toBe('forbidden');
  });

  it('to whoever holds a login token: all but using the software is the portal', async () => {
    const { secret } = await tokens.create(owner);
    const holder = tokens.callerOf(await tokens.redeem(secret));
    expect(await refusalOf({}, holder)).toBe('portal_only');
  });

  it('to one who stands in another account', async () => {
    expect(await refusalOf({}, tokens.owner())).toBe('not_found');
  });

  it('while the module is off', async () => {
    expect(await refusalOf({}, { ...owner, modules: [] })).toBe('module_disabled');
  });
});

describe('Making a login token with an idempotency key', () => {
  const input = () => ({ accountId: owner.accountId, name: `Token ${uuidv7()}`, type: 'permanent' as const });
  const keyed = (key: string, bodyDigest = 'same') =>
    tokens.service.context(owner, { idempotency: { key, bodyDigest } });

  it('makes one, and repeats the answer without its secret', async () => {
    const asked = input();
    const first = await tokens.service.gateway.ask(createLoginToken, asked, keyed('first'));
    const { answer } = await tokens.service.gateway.request(createLoginToken, asked, keyed('first'));

    expect(first).toMatchObject({ secret: expect.any(String) });
    if (!(answer instanceof Replayed)) throw new Error('not a replay');
    expect(answer.value).toEqual({ loginToken: expect.objectContaining({ name: asked.name }) });
  });

  it('is refused with another body', async () => {
    await tokens.service.gateway.ask(createLoginToken, input(), keyed('second'));
    const { answer } = await tokens.service.gateway.request(createLoginToken, input(), keyed('second', 'other'));

    expect(answer).toMatchObject({ code: 'idempotency_mismatch' });
  });
});

it('An account manager makes login tokens too, and its viewer sees them', async () => {
  const as = (role: Role): Owner => ({ ...owner, grants: [{ scope: { type: 'account', id: owner.accountId }, role }] });
  const { id } = await tokens.create(as('manager'), { expiresAt: tokens.later(HOUR).toISOString() });

  const token = await tokens.ask(getLoginToken, { accountId: owner.accountId, loginTokenId: id }, as('viewer'));

  expect(token.id).toBe(id);
});
