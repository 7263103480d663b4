import {
  type Caller,
  type ModuleName,
  Membership,
  pageOf,
  type Role,
  type Scope,
  type ScopeType,
} from '@valetkey/contracts';
import { makeSecret } from '@valetkey/credentials';
import { z } from 'zod';
import { Client, type Owner } from './client.ts';
import { giveKey, lend } from './lending.ts';
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
    /** Absent for who stands in none. */
    accountId?: string;
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

const Named = z.object({ id: z.string() });
const modules = ['login_tokens'] as const;

/** Every kind of principal there is, asking for something of the owner's account unless they say otherwise. */
export async function principalsOf(platform: Platform, tenants: Tenants): Promise<Record<string, Principal>> {
  const { owner, stranger, suspended, operator } = tenants;
  const { accountId, baseUrl } = owner;
  const make = async (what: string, body: object) =>
    Named.parse((await owner.call('POST', `${owner.path}/${what}`, { body })).body).id;
  const group: Scope = { type: 'group', id: await make('groups', { name: 'Some of them' }) };
  const scope: Scope = { type: 'organization', id: await make('organizations', { name: 'One of several' }) };
  const portal = (role: Role) => ({ kind: 'portal', accountId, role, level: 'account', modules }) as const;
  const lent = (role: Role) => ({ ...portal(role), kind: 'login_token' }) as const;
  const within = <Standing extends object>(standing: Standing, { type: level } = scope) => ({ ...standing, level });
  const keyed = (role: Role) => ({ ...portal(role), kind: 'access_key' }) as const;
  const key = async (role: Role, given?: Scope) =>
    new Client(baseUrl, (await giveKey(owner, { name: `${role} ${given?.type ?? ''}`, role, scope: given })).secret);
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
    'a manager of a group': {
      client: await memberOf(platform, owner, 'manager', { name: 'group-manager', scope: group }),
      accountId,
      stands: within(portal('manager'), group),
    },
    'a viewer of a group': {
      client: await memberOf(platform, owner, 'viewer', { name: 'group-viewer', scope: group }),
      accountId,
      stands: within(portal('viewer'), group),
    },
    'a former member': {
      client: await formerMember(platform, owner),
      accountId,
      stands: { ...portal('viewer'), accountId: undefined },
    },
    'an access key for a manager': { client: await key('manager'), accountId, stands: keyed('manager') },
    'an access key for a viewer': { client: await key('viewer'), accountId, stands: keyed('viewer') },
    'an access key for a manager of a group': {
      client: await key('manager', group),
      accountId,
      stands: within(keyed('manager'), group),
    },
    'an access key for a viewer of one organization': {
      client: await key('viewer', scope),
      accountId,
      stands: within(keyed('viewer')),
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

/** Who was a viewer of the account until a moment ago, and is signed in still. */
async function formerMember(platform: Platform, owner: Owner): Promise<Client> {
  const client = await memberOf(platform, owner, 'viewer', { name: 'former' });
  const { body } = await owner.call('GET', `${owner.path}/members?query=former`);
  const [membership] = pageOf(Membership).parse(body).items;
  const { status } = await owner.call('DELETE', `${owner.path}/members/${membership?.id}`);
  if (status !== 204) throw new Error(`Removing a member answered ${status}`);
  return client;
}

/** Of the right form and checksum, and nobody's. */
const unknownSecret = makeSecret('vks');
