import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  cancelInvitation,
  type Caller,
  createInvitation,
  listInvitations,
  type MembershipRole,
  resendInvitation,
  type Scope,
} from '@valetkey/contracts';
import { Outbox, systemContext } from '@valetkey/outbox';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import { type Levels, openLevels } from '../../test/levels.ts';
import { type Member, Tenancy } from '../../test/tenancy.ts';
import { cancelInvitationsOfScope } from './cancel-invitations-of-scope.ts';
import { ExpireInvitationsJob } from './expire-invitations.job.ts';

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

async function invite(scope: Scope, role: z.input<typeof MembershipRole>) {
  tenancy.service.clock.advance(1);
  const email = `${uuidv7()}@invited.example`;
  return tenancy.ask(createInvitation, { accountId: tenant.accountId, email, scope, role }, tenant.owner);
}

async function told(id: string) {
  return (await tenancy.eventsOf(tenant.accountId)).filter(({ subject }) => subject === id);
}

async function statusOf(id: string) {
  const { items } = await tenancy.ask(listInvitations, { accountId: tenant.accountId, limit: 100 }, tenant.owner);
  return items.find((item) => item.id === id)?.status;
}

describe('canceling', () => {
  const cancel = (caller: Caller, invitationId: string) =>
    tenancy.refusal(cancelInvitation, { accountId: tenant.accountId, invitationId }, caller);

  it('ends a pending invitation, once', async () => {
    const { id } = await invite(inside, 'viewer');
    expect(await cancel(groupManager.caller, id)).toBe(undefined);
    expect(await statusOf(id)).toBe('canceled');
    expect(await told(id)).toMatchObject([
      { sequence: 1 },
      { type: 'dev.valetkey.invitation.canceled.v1', sequence: 2, data: { scope: inside } },
    ]);
    expect(await cancel(tenant.owner, id)).toBe('invitation_ended');
  });

  it('is for whoever may grant its role, and out of sight there is nothing', async () => {
    expect(await cancel(manager.caller, (await invite(account, 'owner')).id)).toBe('forbidden');
    expect(await cancel(groupManager.caller, (await invite(outside, 'viewer')).id)).toBe('not_found');
    const other = await tenancy.openAccount();
    const { id } = await invite(inside, 'viewer');
    const theirs = { accountId: other.accountId, invitationId: id };
    expect(await tenancy.refusal(cancelInvitation, theirs, other.owner)).toBe('not_found');
  });

  it('happens to all of a scope that is deleted', async () => {
    const doomed: Scope = { type: 'organization', id: await tenancy.makeOrganization(tenant.accountId) };
    const ids = [(await invite(doomed, 'viewer')).id, (await invite(doomed, 'manager')).id];
    const kept = await invite(inside, 'viewer');
    const outbox = tenancy.service.app.get(Outbox);
    await outbox.transactional(systemContext('tenancy'), (tx) => cancelInvitationsOfScope(tx, doomed));
    expect(await Promise.all(ids.map(statusOf))).toEqual(['canceled', 'canceled']);
    expect(await statusOf(kept.id)).toBe('pending');
  });
});

describe('sending again', () => {
  const resend = (caller: Caller, invitationId: string) =>
    tenancy.refusal(resendInvitation, { accountId: tenant.accountId, invitationId }, caller);

  it('makes a new secret and seven new days', async () => {
    const { id, email } = await invite(inside, 'viewer');
    const { secret } = await tenancy.mails.to(email);
    tenancy.service.clock.advance(6 * DAY_MS);
    const asked = { accountId: tenant.accountId, invitationId: id };
    const expiresAt = new Date(tenancy.service.clock.now().getTime() + 7 * DAY_MS).toISOString();
    expect(await tenancy.ask(resendInvitation, asked, groupManager.caller)).toMatchObject({ id, expiresAt });
    expect((await tenancy.mails.to(email, 2)).secret).not.toBe(secret);
    expect(await told(id)).toMatchObject([{ sequence: 1 }, { type: 'dev.valetkey.invitation.resent.v1', sequence: 2 }]);
  });

  it('is for pending ones', async () => {
    const { id } = await invite(inside, 'viewer');
    tenancy.service.clock.advance(7 * DAY_MS);
    expect(await resend(tenant.owner, id)).toBe('invitation_ended');
    expect(await resend(tenant.owner, uuidv7())).toBe('not_found');
    expect(await resend(manager.caller, (await invite(account, 'owner')).id)).toBe('forbidden');
  });

  it('of one that is not there finds nothing, whatever the body', async () => {
    const more = { accountId: tenant.accountId, invitationId: uuidv7(), more: 1 };
    expect(await tenancy.refusal(resendInvitation, more, tenant.owner)).toBe('not_found');
    const { id } = await invite(inside, 'viewer');
    expect(await tenancy.refusal(resendInvitation, { ...more, invitationId: id }, tenant.owner)).toBe('malformed');
  });
});

describe('expiry', () => {
  it('shows at once, and is told by the next run of its job', async () => {
    const { id } = await invite(inside, 'viewer');
    tenancy.service.clock.advance(7 * DAY_MS);
    expect(await statusOf(id)).toBe('expired');
    const job = tenancy.service.app.get(ExpireInvitationsJob);
    await Promise.all([job.run(), job.run()]);
    expect(await told(id)).toMatchObject([
      { sequence: 1 },
      { type: 'dev.valetkey.invitation.expired.v1', actor: 'service:tenancy', sequence: 2 },
    ]);
  });
});
