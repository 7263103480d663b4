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
import { enterByLink, recipientOf, sendLink } from './access-links.ts';
import { Client, type Owner } from './client.ts';
import { giveKey, lend } from './lending.ts';
import { memberOf } from './members.ts';
import { authorize, enter, type Partnership, userIdOf } from './partnerships.ts';
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
    /** The account demands two-factor of them, and they have none. */
    mustEnrol?: true;
    modules: readonly ModuleName[];
  };
}

export interface Tenants {
  /** An account with all modules on, which is the client of its partner. */
  owner: Owner;
  stranger: Owner;
  /** An account whose modules are all turned off. */
  suspended: Owner;
  /** The company that the owner's lets in. */
  partner: Owner;
  partnership: Partnership;
  /** Another client of the same partner's. */
  strict: { owner: Owner; partnership: Partnership };
  operator: Owner;
}

const Named = z.object({ id: z.string() });
const modules = ['login_tokens', 'access_links', 'partner', 'client'] as const;

/** Every kind of principal there is, asking for something of the owner's account unless they say otherwise. */
export async function principalsOf(platform: Platform, tenants: Tenants): Promise<Record<string, Principal>> {
  const { owner, stranger, suspended, partner, operator } = tenants;
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
  const linked = (role: Role) => ({ ...portal(role), kind: 'access_link' }) as const;
  const elsewhere = { ...portal('owner'), accountId: stranger.accountId };
  const authorized = await partnersUsers(platform, tenants);
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
    'a link for a viewer': { client: await linkOf(platform, owner, 'viewer'), accountId, stands: linked('viewer') },
    'a link for a manager': { client: await linkOf(platform, owner, 'manager'), accountId, stands: linked('manager') },
    'a link for a viewer of one organization': {
      client: await linkOf(platform, owner, 'viewer', scope),
      accountId,
      stands: within(linked('viewer')),
    },
    ...Object.fromEntries(
      Object.entries(authorized).map(([name, client]) => [
        name,
        { client, accountId, stands: { ...portal('partner'), accountId } },
      ]),
    ),
    'the partner’s owner': {
      client: partner,
      accountId,
      stands: { ...portal('owner'), accountId: partner.accountId },
    },
    'a partner’s user who must enrol first': {
      client: await partnersUserWhoMustEnrol(platform, tenants),
      accountId: tenants.strict.owner.accountId,
      stands: { ...portal('partner'), accountId: tenants.strict.owner.accountId, mustEnrol: true },
    },
    'a partner’s user naming their own account': {
      client: await partnersUser(platform, tenants, 'homesick'),
      accountId: partner.accountId,
      stands: portal('partner'),
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

/** A member's session that support let them into. */
async function linkOf(platform: Platform, owner: Owner, role: 'viewer' | 'manager', scope?: Scope): Promise<Client> {
  const name = `locked-out-${role}-${scope?.type ?? 'account'}`;
  await memberOf(platform, owner, role, { name, ...(scope && { scope }) });
  const to = await recipientOf(owner, { email: `${name}@${owner.accountId}.example` });
  return enterByLink(owner.baseUrl, (await sendLink(platform, owner, to)).secret);
}

/** The partner's users in the owner's account, with every grant that there is. */
async function partnersUsers(platform: Platform, tenants: Tenants): Promise<Record<string, Client>> {
  return {
    'a partner’s user who may see devices': await partnersUser(platform, tenants, 'watcher', ['devices.view']),
    'a partner’s user who may do everything': await partnersUser(platform, tenants, 'rigger', everything),
    'a partner’s user whose permissions are gone': await partnersUser(platform, tenants, 'idler', ['devices.gone']),
  };
}

const everything = ['devices.manage', 'devices.view'];

async function partnersUser(
  platform: Platform,
  { partner, owner, partnership }: Tenants,
  name: string,
  permissions = everything,
): Promise<Client> {
  const user = await memberOf(platform, partner, 'viewer', { name });
  const userId = await userIdOf(partner, `${name}@${partner.accountId}.example`);
  await authorize(partner, partnership, [userId], permissions);
  await enter(user, owner);
  return user;
}

async function partnersUserWhoMustEnrol(platform: Platform, { strict, ...tenants }: Tenants): Promise<Client> {
  const user = await partnersUser(platform, { ...tenants, strict, ...strict }, 'unprotected');
  const { status } = await strict.owner.call('PATCH', `${strict.owner.path}/policy`, {
    body: { requireTwoFactor: 'everyone' },
  });
  if (status !== 200) throw new Error(`Demanding two-factor answered ${status}`);
  return user;
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
