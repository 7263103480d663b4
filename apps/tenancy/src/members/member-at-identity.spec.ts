import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  Failure,
  listMemberEmails,
  listVerifiedEmails,
  resetMemberTwoFactor,
  resetTwoFactor,
} from '@valetkey/contracts';
import { anyCaller } from '@valetkey/testing';
import { v7 as uuidv7 } from 'uuid';
import { type Member, Tenancy, type Tenant } from '../../test/tenancy.ts';

const emails = [{ id: uuidv7(), email: 'max@acme.example' }];
const withoutTwoFactor = {
  id: uuidv7(),
  name: 'Max',
  locale: 'en',
  twoFactor: false,
  createdAt: '2026-03-01T12:00:00.000Z',
};
let answers: { emails: () => unknown; reset: () => unknown };
let asked: string[];

let tenancy: Tenancy;
let tenant: Tenant;
let member: Member;
let supporter: Member;

beforeAll(async () => {
  const note = (answer: () => unknown) => (input: { userId: string }) => {
    asked.push(input.userId);
    return answer();
  };
  tenancy = await Tenancy.start({}, [
    { contract: listVerifiedEmails, answer: note(() => answers.emails()) },
    { contract: resetTwoFactor, answer: note(() => answers.reset()) },
  ]);
  tenant = await tenancy.openAccount();
  const scope = { type: 'account', id: tenant.accountId } as const;
  member = await tenancy.join(tenant.accountId, scope, 'viewer');
  supporter = await tenancy.join(tenant.accountId, scope, 'supporter');
});

afterAll(async () => {
  await tenancy.stop();
});

beforeEach(() => {
  asked = [];
  answers = { emails: () => ({ emails }), reset: () => withoutTwoFactor };
});

const of = (userId: string) => ({ accountId: tenant.accountId, userId });
const unavailable = () => new Failure('unavailable', { retryAfter: 1 });

describe('the verified addresses of a member', () => {
  it('are told to owners and supporters', async () => {
    for (const caller of [tenant.owner, supporter.caller]) {
      expect(await tenancy.ask(listMemberEmails, of(member.userId), caller)).toEqual(emails);
    }
    expect(await tenancy.refusal(listMemberEmails, of(member.userId), member.caller)).toBe('forbidden');
  });

  it('are not those of a stranger, whom nobody asks about', async () => {
    const { ownerId } = await tenancy.openAccount();
    for (const userId of [ownerId, uuidv7()]) {
      expect(await tenancy.refusal(listMemberEmails, of(userId), tenant.owner)).toBe('not_found');
    }
    expect(asked).toEqual([]);
  });

  it('are not to be had while identity is away', async () => {
    answers.emails = unavailable;
    expect(await tenancy.refusal(listMemberEmails, of(member.userId), tenant.owner)).toBe('unavailable');
  });
});

describe('resetting the two-factor of a member', () => {
  const reset = (userId: string, caller = tenant.owner) => tenancy.refusal(resetMemberTwoFactor, of(userId), caller);

  it('is asked of identity, and answers the user as they are then', async () => {
    expect(await tenancy.ask(resetMemberTwoFactor, of(member.userId), tenant.owner)).toEqual(withoutTwoFactor);
    expect(asked).toEqual([member.userId]);
  });

  it('is for owners in a portal session, by what they are now', async () => {
    expect(await reset(member.userId, supporter.caller)).toBe('forbidden');
    const key = anyCaller({ kind: 'access_key', accountId: tenant.accountId });
    expect(await reset(member.userId, key)).toBe('key_not_allowed');
    expect(await reset(member.userId, anyCaller({ accountId: tenant.accountId }))).toBe('forbidden');
    expect(asked).toEqual([]);
  });

  it('is not for oneself, for a stranger, or for one who is a member elsewhere too', async () => {
    expect(await reset(tenant.ownerId)).toBe('own_role');
    expect(await reset(uuidv7())).toBe('not_found');
    const other = await tenancy.openAccount();
    await tenancy.join(tenant.accountId, { type: 'account', id: tenant.accountId }, 'viewer', {
      userId: other.ownerId,
    });
    expect(await reset(other.ownerId)).toBe('forbidden');
    expect(asked).toEqual([]);
  });

  it('finds nobody before it looks at the body', async () => {
    const strange = { ...of(uuidv7()), more: 1 };
    expect(await tenancy.refusal(resetMemberTwoFactor, strange, tenant.owner)).toBe('not_found');
    const known = { ...of(member.userId), more: 1 };
    expect(await tenancy.refusal(resetMemberTwoFactor, known, tenant.owner)).toBe('malformed');
  });

  it('says what identity says', async () => {
    answers.reset = () => new Failure('two_factor_off');
    expect(await reset(member.userId)).toBe('two_factor_off');
    answers.reset = unavailable;
    expect(await reset(member.userId)).toBe('unavailable');
  });
});
