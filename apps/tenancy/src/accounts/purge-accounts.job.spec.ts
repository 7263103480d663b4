import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readConfig } from '@valetkey/config';
import {
  createInvitation,
  deleteAccount,
  listOwners,
  putBillingDetails,
  resolveNames,
  restoreAccount,
} from '@valetkey/contracts';
import { Clock } from '@valetkey/observability';
import { anyCaller } from '@valetkey/testing';
import type { INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { tablesWith } from '../../test/account-tables.ts';
import { succeed, Tenancy, type Tenant } from '../../test/tenancy.ts';
import { tenancyConfig } from '../tenancy.config.ts';
import { TenancyModule } from '../tenancy.module.ts';
import { PurgeAccountsJob } from './purge-accounts.job.ts';

const SECOND = 1_000;
const THIRTY_DAYS = 30 * 24 * 3600 * SECOND;

let tenancy: Tenancy;
let acme: Tenant;
const operator = anyCaller({ operator: true });

beforeAll(async () => {
  tenancy = await Tenancy.start();
});
beforeEach(async () => {
  acme = await filled();
});
afterAll(() => tenancy.stop());

/** An account with something in every table. */
async function filled(): Promise<Tenant> {
  const tenant = await tenancy.openAccount('Acme');
  const { accountId, owner, ownerId } = tenant;
  const groupId = await tenancy.makeGroup(accountId);
  const id = await tenancy.makeOrganization(accountId, { groupId });
  for (const scope of [{ type: 'organization', id } as const, { type: 'group', id: groupId } as const])
    await tenancy.join(accountId, scope, 'viewer');
  const details = { companyName: 'Acme Lda', email: null, address: null, taxId: null };
  await tenancy.ask(putBillingDetails, { accountId, ...details }, owner);
  const scope = { type: 'account', id: accountId } as const;
  await tenancy.ask(createInvitation, { accountId, email: 'max@acme.example', scope, role: 'viewer' }, owner);
  const now = tenancy.service.clock.now();
  await tenancy.sql('INSERT INTO last_accounts (user_id, account_id, at) VALUES ($1, $2, $3)', [
    ownerId,
    accountId,
    now,
  ]);
  return tenant;
}

const remove = ({ accountId, owner }: Tenant) => tenancy.ask(deleteAccount, { accountId, confirmName: 'Acme' }, owner);
const restoring = ({ accountId }: Tenant) => tenancy.refusal(restoreAccount, { accountId }, operator);
const purge = (app: INestApplicationContext = tenancy.service.app) => app.get(PurgeAccountsJob).run();
const purgesOf = async ({ accountId }: Tenant) =>
  (await tenancy.eventsOf(accountId)).filter(({ type }) => type === 'dev.valetkey.account.purged.v1');

describe('An account that was deleted', () => {
  it('is all there for thirty days, and can be restored to the last second', async () => {
    const before = await tablesWith(tenancy, acme.accountId);
    await remove(acme);
    tenancy.service.clock.advance(THIRTY_DAYS - SECOND);
    await purge();
    expect(await tablesWith(tenancy, acme.accountId)).toEqual(before);
    expect(await purgesOf(acme)).toEqual([]);
    expect(await restoring(acme)).toBeUndefined();

    tenancy.service.clock.advance(THIRTY_DAYS);
    await purge();
    expect(await tablesWith(tenancy, acme.accountId)).toEqual(before);
  });

  it('is gone for good then, with all that was in it, and nothing of the others', async () => {
    const other = await filled();
    const all = await tablesWith(tenancy, other.accountId);
    const some = [
      'accounts',
      'billing_details',
      'groups',
      'invitations',
      'last_accounts',
      'memberships',
      'organizations',
    ];
    expect(all).toEqual(some);
    await remove(acme);
    tenancy.service.clock.advance(THIRTY_DAYS);
    await purge();

    expect(await tablesWith(tenancy, acme.accountId)).toEqual([]);
    expect(await tablesWith(tenancy, other.accountId)).toEqual(all);
    expect(await restoring(acme)).toBe('not_found');
    const { accountId } = acme;
    expect(await purgesOf(acme)).toMatchObject([
      { subject: accountId, accountid: accountId, actor: 'service:tenancy', sequence: 4, data: { name: 'Acme' } },
    ]);
    const notifications = await tenancy.service.as('notifications');
    expect(await notifications.ask(listOwners, { accountId }, tenancy.service.context())).toMatchObject({
      code: 'not_found',
    });
  });

  it('leaves the profiles of its users', async () => {
    await remove(acme);
    tenancy.service.clock.advance(THIRTY_DAYS);
    await purge();
    const audit = await tenancy.service.as('audit');
    const { names } = succeed(await audit.ask(resolveNames, { userIds: [acme.ownerId] }, tenancy.service.context()));
    expect(names).toEqual({ [acme.ownerId]: 'Ada Owner' });
  });

  it('counts its thirty days anew when it is deleted anew', async () => {
    await remove(acme);
    tenancy.service.clock.advance(THIRTY_DAYS - SECOND);
    expect(await restoring(acme)).toBeUndefined();
    await remove(acme);
    tenancy.service.clock.advance(SECOND);
    await purge();
    expect(await purgesOf(acme)).toEqual([]);
  });
});

describe('Two replicas', () => {
  it('purge many accounts at once, each of them once', async () => {
    const replica = await startReplica();
    const tenants: Tenant[] = [];
    for (let made = 0; made < 6; made += 1) tenants.push(await filled());
    for (const tenant of tenants) await remove(tenant);
    tenancy.service.clock.advance(THIRTY_DAYS);
    await Promise.all([purge(), purge(replica), purge(), purge(replica)]);
    await purge();
    for (const tenant of tenants) {
      expect(await purgesOf(tenant)).toHaveLength(1);
      expect(await tablesWith(tenancy, tenant.accountId)).toEqual([]);
    }
    await replica.close();
  });

  it('or a purge and a restoration at once: one of them has it', async () => {
    await remove(acme);
    tenancy.service.clock.advance(THIRTY_DAYS);
    const [refused] = await Promise.all([restoring(acme), purge()]);
    await purge();
    expect(await purgesOf(acme)).toHaveLength(refused === undefined ? 0 : 1);
  });
});

async function startReplica(): Promise<INestApplicationContext> {
  const { bus, databaseUrl, clock } = tenancy.service;
  const environment = {
    ...bus.environmentOf('tenancy'),
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: 'fatal',
    MAIL_PUBLIC_KEY: JSON.stringify(generateKeyPairSync('x25519').publicKey.export({ format: 'jwk' })),
  };
  const module = TenancyModule.forRoot(readConfig(tenancyConfig, environment));
  const testing = await Test.createTestingModule({ imports: [module] })
    .overrideProvider(Clock)
    .useValue(clock)
    .compile();
  return testing.init();
}
