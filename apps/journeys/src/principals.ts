import { type Caller, type ModuleName, Organization, type Role, type ScopeType } from '@valetkey/contracts';
import { makeSecret } from '@valetkey/credentials';
import { Client, type Owner } from './client.ts';
import { lend } from './lending.ts';
import { memberOf } from './members.ts';
import type { Platform } from './start-platform.ts';

/** Who somebody is as far as an access rule cares, written down by hand and not taken from the platform. */
export interface Principal {
  client: Client;
  /** The account in the path of what they ask for. */
  accountId: string;
  /** Where they stand and with which role; nothing for who shows no good credential. */
  stands?: {
    kind: Caller['kind'];
    accountId: string;
    role: Role;
    /** At which level they hold the role. */
    level: ScopeType;
    operator?: true;
    modules: readonly ModuleName[];
  };
}

export interface Tenants {
  owner: Owner;
  stranger: Owner;
  /** An account whose login tokens are turned off. */
  suspended: Owner;
  operator: Client & { accountId: string };
}

const modules = ['login_tokens'] as const;

/** Every kind of principal there is, asking for something of the owner's account unless they say otherwise. */
export async function principalsOf(platform: Platform, tenants: Tenants): Promise<Record<string, Principal>> {
  const { owner, stranger, suspended, operator } = tenants;
  const { accountId, baseUrl } = owner;
  const made = await owner.call('POST', `${owner.path}/organizations`, { body: { name: 'One of several' } });
  const scope = { type: 'organization', id: Organization.parse(made.body).id } as const;
  const portal = (role: Role) => ({ kind: 'portal', accountId, role, level: 'account', modules }) as const;
  const lent = (role: Role) => ({ ...portal(role), kind: 'login_token' }) as const;
  const within = <Standing extends object>(standing: Standing) => ({ ...standing, level: scope.type });
  const redeemed = async (name: string, fields: object) =>
    owner.redeem((await lend(owner, { name, ...fields })).secret);
  const elsewhere = { ...portal('owner'), accountId: stranger.accountId };
  return {
    nobody: { client: new Client(baseUrl), accountId },
    'somebody with a made-up bearer': { client: new Client(baseUrl, 'vks_made-up'), accountId },
    'somebody with a well-formed unknown bearer': { client: new Client(baseUrl, unknownSecret), accountId },
    'the owner': { client: owner, accountId, stands: portal('owner') },
    'a manager': { client: await memberOf(platform, owner, 'manager'), accountId, stands: portal('manager') },
    'a viewer': { client: await memberOf(platform, owner, 'viewer'), accountId, stands: portal('viewer') },
    'a supporter': { client: await memberOf(platform, owner, 'supporter'), accountId, stands: portal('supporter') },
    'an operator of another account': {
      client: operator,
      accountId,
      stands: { ...elsewhere, accountId: operator.accountId, operator: true },
    },
    'a manager of one organization': {
      client: await memberOf(platform, owner, 'manager', { name: 'quay-manager', scope }),
      accountId,
      stands: within(portal('manager')),
    },
    'a viewer of one organization': {
      client: await memberOf(platform, owner, 'viewer', { name: 'quay-viewer', scope }),
      accountId,
      stands: within(portal('viewer')),
    },
    'a login token for a manager': {
      client: await redeemed('Manager', { role: 'manager' }),
      accountId,
      stands: lent('manager'),
    },
    'a login token for a viewer': {
      client: await redeemed('Viewer', { role: 'viewer' }),
      accountId,
      stands: lent('viewer'),
    },
    'a login token for one organization': {
      client: await redeemed('Quay', { scope }),
      accountId,
      stands: within(lent('manager')),
    },
    'the owner of another account': { client: stranger, accountId, stands: elsewhere },
    'the owner naming another account': { client: owner, accountId: stranger.accountId, stands: portal('owner') },
    'the owner of an account without login tokens': {
      client: suspended,
      accountId: suspended.accountId,
      stands: { ...portal('owner'), accountId: suspended.accountId, modules: [] },
    },
  };
}

/** Of the right form and checksum, and nobody's. */
const unknownSecret = makeSecret('vks');
