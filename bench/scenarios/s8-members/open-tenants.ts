import { randomUUID } from 'node:crypto';
import { withClient } from '../../harness/with-client.ts';
import { call } from '../../platform/call.ts';
import type { Login, Platform } from '../../platform/platform.ts';
import { placesOf, type Places } from './places.ts';
import { type Reader, readerIn } from './reader.ts';
import { seedTenants } from './seed-tenants.ts';

/** Somebody's view of one account. */
export interface View {
  read: Reader;
  places: Places;
}

export type Role = 'owner' | 'groupManager';
export type Views = Record<Role, View>;

const SMALL = 1_000;
const LARGE = 100_000;
const OTHERS = 50;
const GROUP = 'North';

const MANAGE_GROUP = `
  INSERT INTO memberships (id, user_id, account_id, group_id, role, version, created_at)
  SELECT uuidv7(), p.user_id, g.account_id, g.id, 'manager', 1, now()
    FROM profiles p, groups g WHERE p.primary_email = $1 AND g.account_id = $2 AND g.name = $3`;

/** Two accounts that the demo's owner owns and in which its manager manages a group, and others' half of the platform. */
export async function openTenants(platform: Platform): Promise<{ small: Views; large: Views }> {
  const small = await openAccount(platform, 'Small');
  const large = await openAccount(platform, 'Large');
  const others = Array.from({ length: OTHERS }, (_, index) => `other${index}.example`);
  await seedTenants(platform, [
    { accountId: small, size: SMALL, domain: 'small.example' },
    { accountId: large, size: LARGE, domain: 'large.example' },
    ...others.map((domain) => ({ accountId: randomUUID(), size: SMALL, domain })),
  ]);
  return { small: await viewsOf(platform, small), large: await viewsOf(platform, large) };
}

async function openAccount({ gateways: [gateway], owner }: Platform, name: string): Promise<string> {
  const { secret } = await call<{ secret: string }>(gateway, 'POST', '/v1/sessions', owner);
  const headers = { Authorization: `Bearer ${secret}` };
  return (await call<{ id: string }>(gateway, 'POST', '/v1/accounts', { name }, headers)).id;
}

async function viewsOf(platform: Platform, accountId: string): Promise<Views> {
  const { tenancyDatabaseUrl, owner, manager } = platform;
  await withClient(tenancyDatabaseUrl, (client) => client.query(MANAGE_GROUP, [manager.email, accountId, GROUP]));
  const view = async (who: Login, group?: string): Promise<View> => ({
    read: await readerIn(platform, who, accountId),
    places: await placesOf(platform, accountId, group),
  });
  return { owner: await view(owner), groupManager: await view(manager, GROUP) };
}
