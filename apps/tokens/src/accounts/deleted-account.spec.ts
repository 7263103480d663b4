import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Failure, getLoginToken, keepAccount } from '@valetkey/contracts';
import type { Bus } from '@valetkey/messaging';
import type { AccountEvents } from '../../test/account-events.ts';
import { PortalSessions } from '../../test/portal-sessions.ts';
import { MINUTE, type Owner, Tokens } from '../../test/tokens.ts';

let tokens: Tokens;
let portal: PortalSessions;
let tenancy: Bus;
let owner: Owner;
let events: AccountEvents;

beforeAll(async () => {
  tokens = await Tokens.start();
  portal = await PortalSessions.of(tokens);
  tenancy = await tokens.service.as('tenancy');
});
beforeEach(() => {
  owner = tokens.owner();
  events = tokens.tenancyOf(owner);
});
afterAll(() => tokens.stop());

async function keep(sequence: number, deleted?: boolean): Promise<void> {
  const input = { accountId: owner.accountId, sequence, tokenSessionLimit: null, modules: ['login_tokens' as const] };
  const answer = await tenancy.ask(keepAccount, { ...input, deleted }, tokens.service.context());
  if (answer instanceof Failure) throw new Error(answer.code);
}

describe('Deleting an account', () => {
  it('ends what its tokens opened, and takes its users’ sessions out of it', async () => {
    const token = await tokens.create(owner, { type: 'one_time' });
    const lent = await tokens.redeem(token.secret);
    const opened = await portal.open({ accountId: owner.accountId });
    const beside = await portal.open();
    const deleted = events.deleted();

    await tokens.tell(deleted);

    expect(await tokens.live(lent, opened, beside)).toEqual([false, true, true]);
    expect(await tokens.verify(opened.secret)).not.toHaveProperty('accountId');
    expect((await tokens.verify(beside.secret))?.accountId).toBe(beside.session.accountId);
    const [, ended] = await tokens.eventsOf(`session:${lent.session.id}`);
    expect(ended).toMatchObject({ actor: deleted.actor, data: { reason: 'credential-deleted' } });
    const [, left] = await tokens.eventsOf(`session:${opened.session.id}`);
    expect(left).toMatchObject({ accountid: owner.accountId, actor: deleted.actor });
    const about = { accountId: owner.accountId, loginTokenId: token.id };
    expect(await tokens.ask(getLoginToken, about, owner)).toMatchObject({ status: 'used' });
  });

  it('lets nobody in any more: no token opens, no session enters, no sign-in begins there', async () => {
    const { secret } = await tokens.create(owner);
    const elsewhere = await portal.open();
    await tokens.tell(events.deleted());

    expect(await tokens.refusal(secret)).toBe('invalid_token');
    expect(await portal.switch(elsewhere, { accountId: owner.accountId })).toBe('not_found');
    expect((await portal.open({ accountId: owner.accountId })).session).not.toHaveProperty('accountId');
  });

  it('can be taken back but for its sessions: the tokens open again', async () => {
    const { secret } = await tokens.create(owner);
    const lent = await tokens.redeem(secret);
    const [opened] = [await portal.open({ accountId: owner.accountId })];

    await tokens.tell(events.deleted(), events.restored());

    expect(await tokens.live(lent)).toEqual([false]);
    expect(await tokens.verify(opened.secret)).not.toHaveProperty('accountId');
    expect(await tokens.refusal(secret)).toBeUndefined();
    const { accountId } = owner;
    expect(await portal.switch(opened, { accountId })).toMatchObject({ accountId });
  });

  it('holds before it is answered, and its event changes nothing then', async () => {
    const { secret } = await tokens.create(owner);
    const opened = await portal.open({ accountId: owner.accountId });
    const deleted = events.deleted();

    await keep(deleted.sequence, true);
    expect(await tokens.refusal(secret)).toBe('invalid_token');
    expect(await tokens.verify(opened.secret)).not.toHaveProperty('accountId');
    await tokens.tell(deleted);

    expect(await tokens.told(`session:${opened.session.id}`)).toEqual(['opened', 'left']);
    await keep(deleted.sequence + 1);
    expect(await tokens.refusal(secret)).toBe('invalid_token');
    await keep(deleted.sequence + 2, false);
    expect(await tokens.refusal(secret)).toBeUndefined();
  });

  it('told late, after the account was restored, ends what was lent before and throws nobody out', async () => {
    const { secret } = await tokens.create(owner);
    const before = await tokens.redeem(secret);
    const deleted = events.deleted();
    tokens.service.clock.advance(MINUTE);
    await tokens.tell(events.restored());
    const [since, opened] = [await tokens.redeem(secret), await portal.open({ accountId: owner.accountId })];

    await tokens.tell(deleted);

    expect(await tokens.live(before, since)).toEqual([false, true]);
    expect((await tokens.verify(opened.secret))?.accountId).toBe(owner.accountId);
  });
});

describe('The deletion that races with', () => {
  it('switches, sign-ins and redemptions leaves nobody in the account', async () => {
    for (let turn = 0; turn < 12; turn += 1) {
      const account = tokens.owner();
      const { accountId } = account;
      const { secret } = await tokens.create(account);
      const [inside, outside] = [await portal.open({ accountId }), await portal.open()];
      const works: (() => Promise<unknown>)[] = [
        () => tokens.tell(tokens.tenancyOf(account).deleted()),
        () => portal.switch(outside, { accountId }),
        () => portal.switch(inside, { organizationId: tokens.newScope() }),
        () => portal.open({ accountId }),
        () => tokens.refusal(secret),
        () => tokens.sweep(),
      ];
      const first = turn % works.length;
      await Promise.all([...works.slice(first), ...works.slice(0, first)].map((work) => work()));

      const standing = 'SELECT id FROM sessions WHERE account_id = $1 AND ended_at IS NULL';
      expect(await tokens.sql(standing, [accountId])).toEqual([]);
    }
  });
});
