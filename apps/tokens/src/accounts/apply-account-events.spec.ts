import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { endAccountSessions, getLoginToken, openPortalSession } from '@valetkey/contracts';
import { v7 as uuidv7 } from 'uuid';
import { MINUTE, type Owner, Tokens } from '../../test/tokens.ts';

let tokens: Tokens;

beforeAll(async () => {
  tokens = await Tokens.start();
});
afterAll(() => tokens.stop());

const kept = async ({ accountId }: Owner) => {
  const [row] = await tokens.sql('SELECT token_session_limit AS "limit", modules FROM accounts WHERE id = $1', [
    accountId,
  ]);
  return row;
};
const statusOf = async (owner: Owner, { id }: { id: string }) =>
  (await tokens.ask(getLoginToken, { accountId: owner.accountId, loginTokenId: id }, owner)).status;

describe('Turning login tokens off', () => {
  it('suspends the tokens and ends their sessions; turning them on again resumes the tokens', async () => {
    const owner = tokens.owner();
    const tenancy = tokens.tenancyOf(owner);
    await tokens.tell(tenancy.created());
    const token = await tokens.create(owner);
    const opened = await tokens.redeem(token.secret);

    await tokens.tell(tenancy.disabled());
    expect(await tokens.live(opened)).toEqual([false]);
    expect(await tokens.refusal(token.secret)).toBe('invalid_token');

    await tokens.tell(tenancy.enabled());
    expect(await tokens.live(opened)).toEqual([false]);
    expect(await tokens.refusal(token.secret)).toBeUndefined();
  });

  it('makes one-time tokens in use used, and leaves ready ones ready', async () => {
    const owner = tokens.owner();
    const [inUse, ready] = [
      await tokens.create(owner, { type: 'one_time' }),
      await tokens.create(owner, { type: 'one_time' }),
    ];
    await tokens.redeem(inUse.secret);

    await tokens.tell(tokens.tenancyOf(owner).disabled());

    expect(await statusOf(owner, inUse)).toBe('used');
    expect(await statusOf(owner, ready)).toBe('ready');
    expect(await tokens.told(`login-token:${inUse.id}`)).toEqual(['created', 'redeemed', 'used']);
  });

  it('ends no portal session, and no session of another account', async () => {
    const [owner, neighbour] = [tokens.owner(), tokens.owner()];
    const identity = await tokens.service.as('identity');
    const who = { userId: uuidv7(), userName: 'Ada', operator: false, address: '::1', userAgent: 'jest' };
    const asked = { ...who, accountId: owner.accountId };
    const portal = await identity.ask(openPortalSession, asked, tokens.service.context());
    if (!('secret' in portal)) throw new Error('refused');
    const beside = await tokens.redeem((await tokens.create(neighbour)).secret);

    await tokens.tell(tokens.tenancyOf(owner).disabled());

    expect(await tokens.live(portal, beside)).toEqual([true, true]);
  });
});

describe('Events that come late', () => {
  it('after newer ones neither undo those nor are lost to them', async () => {
    const owner = tokens.owner();
    const tenancy = tokens.tenancyOf(owner);
    const [created, limited, disabled] = [tenancy.created(9), tenancy.limited(5), tenancy.disabled()];

    await tokens.tell(disabled);
    expect(await kept(owner)).toEqual({ limit: null, modules: [] });
    await tokens.tell(created);
    expect(await kept(owner)).toEqual({ limit: 9, modules: [] });
    await tokens.tell(limited);
    expect(await kept(owner)).toEqual({ limit: 5, modules: [] });
  });

  it('end what was open when they happened, and nothing that was opened since', async () => {
    const owner = tokens.owner();
    const tenancy = tokens.tenancyOf(owner);
    const { secret } = await tokens.create(owner);
    const before = await tokens.redeem(secret);
    const disabled = tenancy.disabled();
    tokens.service.clock.advance(MINUTE);
    await tokens.tell(tenancy.enabled());
    const since = await tokens.redeem(secret);

    await tokens.tell(disabled);

    expect(await tokens.live(before, since)).toEqual([false, true]);
    expect(await tokens.refusal(secret)).toBeUndefined();
  });

  it('and come twice have no second effect', async () => {
    const owner = tokens.owner();
    const tenancy = tokens.tenancyOf(owner);
    const limited = tenancy.limited(5);
    expect(await tokens.tell(limited, tenancy.limited(6))).toEqual({ duplicates: 0 });
    expect(await tokens.tell(limited)).toEqual({ duplicates: 1 });
    expect(await kept(owner)).toMatchObject({ limit: 6 });
  });
});

it('An account whose first event has not arrived yet has login tokens and no limit', async () => {
  const owner = tokens.owner();
  const { secret } = await tokens.create(owner, { maxSessions: 1 });
  expect(await tokens.refusal(secret)).toBeUndefined();
  await tokens.ask(endAccountSessions, { accountId: owner.accountId, kind: 'login_token' }, owner);
  expect(await tokens.refusal(secret)).toBeUndefined();

  await tokens.tell(tokens.tenancyOf(owner).created(7));
  expect(await kept(owner)).toEqual({ limit: 7, modules: ['login_tokens'] });
});
