import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  emailAdded,
  Failure,
  loginTokenRedeemed,
  passwordChanged,
  recoveryCodesRenewed,
  recoveryCodeUsed,
  signedInFromNewPlace,
  signInBlocked,
  twoFactorDisabled,
  userLocked,
  userRegistered,
} from '@valetkey/contracts';
import { anyCaller } from '@valetkey/testing';
import { waitUntil } from '@valetkey/testing/stack';
import { EntityManager } from '@mikro-orm/postgresql';
import canonicalize from 'canonicalize';
import { v7 as uuidv7 } from 'uuid';
import { AuditService } from '../../test/audit-service.ts';
import { makeEvent } from '../../test/make-event.ts';
import { verifyChain } from '../verification/verify-chain.ts';
import { PLATFORM_TRAIL } from './trails-of.ts';

let audit: AuditService;
let [ada, acme, branch] = ['', '', ''];
/** What tenancy answers when it is asked for a user's accounts. */
let memberships: (userId: string) => unknown;

beforeAll(async () => {
  const names = ({ userIds }: { userIds: string[] }) => ({
    names: Object.fromEntries(userIds.map((id) => [id, `name of ${id}`])),
  });
  audit = await AuditService.start(names, ({ userId }) => memberships(userId));
});
beforeEach(() => {
  [ada, acme, branch] = [uuidv7(), uuidv7(), uuidv7()];
  const accounts = [
    { id: acme, name: 'Acme' },
    { id: branch, name: 'Branch' },
  ];
  memberships = (userId) => ({ accounts: userId === ada ? accounts : [] });
});
afterAll(() => audit.stop());

const changed = (userId = ada) =>
  makeEvent(passwordChanged, { id: userId, actor: `user:${userId}`, data: { by: 'user' } });
const verify = (trail: string) => verifyChain(audit.test.app.get(EntityManager).fork(), trail);
const trailsWith = async (id: string) =>
  (await audit.database.query<{ account_id: string }>('SELECT account_id FROM entries WHERE id = $1', [id])).rows
    .map((row) => row.account_id)
    .sort();

describe('A security event of a user', () => {
  it('stands in the trails of all their accounts, and in that of the platform', async () => {
    const [event] = await audit.keep(changed());
    expect(await trailsWith(event?.id ?? '')).toEqual([PLATFORM_TRAIL, acme, branch].sort());
    const name = `name of ${ada}`;
    const entry = { id: event?.id, action: 'user.password-changed', entity: { name }, actor: { id: ada, name } };
    expect(await audit.trail(acme)).toMatchObject([entry]);
    expect(await audit.trail(branch)).toMatchObject([entry]);
  });

  it.each([
    makeEvent(emailAdded, { data: { emailId: uuidv7() } }),
    makeEvent(twoFactorDisabled, { data: { by: 'operator' } }),
    makeEvent(recoveryCodeUsed, { data: { left: 9 } }),
    makeEvent(recoveryCodesRenewed, { data: {} }),
    makeEvent(signInBlocked, { data: { failures: 100 } }),
    makeEvent(signedInFromNewPlace, { data: { address: '203.0.113.9', device: 'Firefox on Linux' } }),
    makeEvent(userLocked, { data: {} }),
  ])('is $event.type', async (made) => {
    const [event] = await audit.keep({ ...made, event: { ...made.event, subject: ada } });
    expect(await trailsWith(event?.id ?? '')).toContain(acme);
  });

  it('is not the sign-up, nor what another user does', async () => {
    await audit.keep(makeEvent(userRegistered, { id: ada, data: { name: 'Ada' } }), changed(uuidv7()));
    expect(await audit.trail(acme)).toEqual([]);
  });

  it('can be proved in each trail from its export alone, as the formula says', async () => {
    await audit.keep(
      makeEvent(loginTokenRedeemed, {
        accountId: acme,
        data: { name: 'Visit', sessionId: uuidv7(), address: '203.0.113.7' },
      }),
      changed(),
    );
    const [copy] = await audit.exported(acme);
    expect(copy).toMatchObject({ position: 2, event: { type: passwordChanged.type, accountid: acme } });
    const entry = canonicalize({ accountId: copy?.event.accountid, event: copy?.event, position: copy?.position });
    expect(copy?.hash).toBe(
      createHash('sha256')
        .update(`${copy?.previousHash ?? ''}${entry}`)
        .digest('hex'),
    );
    for (const [trail, entries] of [
      [acme, 2],
      [branch, 1],
    ] as const)
      expect(await verify(trail)).toEqual({ accountId: trail, entries });
    expect(await verify(PLATFORM_TRAIL)).not.toHaveProperty('broken');
  });

  it('that comes again is copied once', async () => {
    const made = changed();
    await audit.keep(made);
    await audit.database.query('DELETE FROM inbox');
    await audit.publish(made, uuidv7());
    await audit.keep(changed(uuidv7()));
    expect(await audit.trail(acme)).toHaveLength(1);
  });

  it('waits while tenancy is away, and is not lost', async () => {
    const known = memberships;
    let asked = 0;
    memberships = () => {
      asked += 1;
      return new Failure('unavailable');
    };
    const made = changed();
    await audit.tell(made);
    if (!(await waitUntil(async () => asked > 1 || undefined, { timeoutMs: 10_000 }))) throw new Error('asked once');
    expect(await trailsWith(made.event.id)).toEqual([]);

    memberships = known;
    await audit.untilKept([made.event]);
    expect(await trailsWith(made.event.id)).toHaveLength(3);
  });

  it('is read by managers as by owners', async () => {
    await audit.keep(changed());
    const grants = [{ scope: { type: 'account' as const, id: acme }, role: 'manager' as const }];
    expect((await audit.page(anyCaller({ accountId: acme, grants }))).items).toMatchObject([
      { action: 'user.password-changed' },
    ]);
  });
});
