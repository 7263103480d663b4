import { type Caller, type ModuleName, type Role } from '@valetkey/contracts';
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
  /** Nothing for who shows no good credential. */
  stands?: { kind: Caller['kind']; accountId: string; role: Role; operator?: true; modules: readonly ModuleName[] };
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
  const portal = (role: Role) => ({ kind: 'portal', accountId, role, modules }) as const;
  const lent = (role: Role) => ({ kind: 'login_token', accountId, role, modules }) as const;
  const redeemed = async (role: 'manager' | 'viewer') =>
    owner.redeem((await lend(owner, { name: `A ${role}’s token`, role })).secret);
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
    'a manager’s login token': { client: await redeemed('manager'), accountId, stands: lent('manager') },
    'a viewer’s login token': { client: await redeemed('viewer'), accountId, stands: lent('viewer') },
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
