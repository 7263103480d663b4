import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Caller, createInvitation, type MembershipRole, type Scope } from '@valetkey/contracts';
import { anyCaller } from '@valetkey/testing';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import { type Levels, openLevels } from '../../test/levels.ts';
import { type Member, Tenancy } from '../../test/tenancy.ts';

const DAY_MS = 24 * 3_600_000;

let tenancy: Tenancy;
let tenant: Levels;
let account: Scope;
let inside: Scope;
let outside: Scope;
let manager: Member;
let groupManager: Member;

beforeAll(async () => {
  tenancy = await Tenancy.start();
  tenant = await openLevels(tenancy);
  ({ account, inside, outside, manager, groupManager } = tenant);
});

afterAll(async () => {
  await tenancy.stop();
});

type NewRole = z.input<typeof MembershipRole>;
const anyAddress = () => `${uuidv7()}@invited.example`;
const asked = (scope: Scope, role: NewRole, email = anyAddress()) => ({
  accountId: tenant.accountId,
  email,
  scope,
  role,
});

async function invite(scope: Scope, role: NewRole, email = anyAddress()) {
  tenancy.service.clock.advance(1);
  return tenancy.ask(createInvitation, asked(scope, role, email), tenant.owner);
}

const refusal = (caller: Caller, ...given: Parameters<typeof asked>) =>
  tenancy.refusal(createInvitation, asked(...given), caller);

async function told(id: string) {
  return (await tenancy.eventsOf(tenant.accountId)).filter(({ subject }) => subject === id);
}

describe('inviting', () => {
  it('answers the invitation, mails its secret, and tells it without the address', async () => {
    const made = await invite(inside, 'manager', 'Grace@Navy.example');
    const expiresAt = new Date(tenancy.service.clock.now().getTime() + 7 * DAY_MS).toISOString();
    expect(made).toEqual({
      id: made.id,
      email: 'grace@navy.example',
      scope: inside,
      role: 'manager',
      status: 'pending',
      expiresAt,
      createdAt: tenancy.service.clock.now().toISOString(),
      createdBy: { id: tenant.ownerId, name: 'Max Member' },
    });
    expect(await tenancy.mails.to('grace@navy.example')).toMatchObject({
      secret: expect.stringMatching(/^vki_/),
      locale: 'en',
      accountName: 'Acme',
      scopeName: 'North 1',
      inviterName: 'Max Member',
      role: 'manager',
      expiresAt,
      invitationId: made.id,
    });
    const [event] = await told(made.id);
    const data = { scope: inside, role: 'manager', scopeName: 'North 1', accountName: 'Acme' };
    expect(event).toMatchObject({ type: 'dev.valetkey.invitation.created.v1', sequence: 1, data });
    expect(JSON.stringify(event)).not.toContain('navy');
  });

  it('to the whole account names no scope in the mail', async () => {
    const { email } = await invite(account, 'viewer');
    expect(await tenancy.mails.to(email)).not.toHaveProperty('scopeName');
  });

  it('leaves the secret nowhere in the database', async () => {
    const { email } = await invite(account, 'viewer');
    const { secret } = await tenancy.mails.to(email);
    const rows = await tenancy.sql('SELECT i::text FROM invitations i UNION ALL SELECT o::text FROM outbox o');
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  it('an address again to the same scope is refused while the first is pending, to another is not', async () => {
    const { email } = await invite(inside, 'viewer');
    expect(await refusal(tenant.owner, inside, 'manager', email)).toBe('already_invited');
    expect(await refusal(tenant.owner, outside, 'manager', email)).toBe(undefined);
    tenancy.service.clock.advance(7 * DAY_MS);
    expect(await refusal(tenant.owner, inside, 'manager', email)).toBe(undefined);
  });

  it('an address many times at once invites it once', async () => {
    const email = anyAddress();
    const answers = await Promise.all(Array.from({ length: 10 }, () => refusal(tenant.owner, inside, 'viewer', email)));
    expect(answers.toSorted()).toEqual([...Array.from({ length: 9 }, () => 'already_invited'), undefined]);
    await tenancy.mails.to(email);
  });

  it('a member to a scope where they have a role is refused, to another is not', async () => {
    const email = anyAddress();
    await tenancy.join(tenant.accountId, inside, 'viewer', { email });
    expect(await refusal(tenant.owner, inside, 'manager', email)).toBe('already_member');
    expect(await refusal(tenant.owner, outside, 'manager', email)).toBe(undefined);
  });

  it.each(['acme.example', 'private.example'])('oneself is refused, by whichever address (%s)', async (host) => {
    expect(await refusal(tenant.owner, inside, 'viewer', `${tenant.ownerId}@${host}`)).toBe('own_role');
  });

  it('is for whoever may grant the role there', async () => {
    expect(await refusal(manager.caller, account, 'manager')).toBe(undefined);
    expect(await refusal(manager.caller, account, 'owner')).toBe('forbidden');
    expect(await refusal(manager.caller, account, 'supporter')).toBe('forbidden');
    expect(await refusal(groupManager.caller, inside, 'manager')).toBe(undefined);
    expect(await refusal(groupManager.caller, account, 'viewer')).toBe('forbidden');
    expect(await refusal(groupManager.caller, outside, 'viewer')).toBe('not_found');
    expect(await refusal(tenant.owner, inside, 'owner')).toBe('role_not_of_scope');
    const key = anyCaller({ kind: 'access_key', accountId: tenant.accountId });
    expect(await refusal(key, account, 'viewer')).toBe('key_not_allowed');
  });

  it('to a scope of another account finds nothing', async () => {
    const foreign = await tenancy.makeOrganization((await tenancy.openAccount()).accountId);
    expect(await refusal(tenant.owner, { type: 'organization', id: foreign }, 'viewer')).toBe('not_found');
  });
});
