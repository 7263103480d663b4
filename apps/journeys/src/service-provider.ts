import { Group, Organization, type Role, type Scope } from '@valetkey/contracts';
import { type Owner, ownerOf, type Person, person } from './client.ts';
import { invite, joinAsNew } from './invitations.ts';
import { lend } from './lending.ts';
import type { Platform } from './start-platform.ts';

export const someone = (name: string): Person => ({ ...person(`${name.toLowerCase()}@staff.example`), name });

/** A provider with customers in groups: hospitals, schools, and a harbour in none. */
export interface Provider {
  owner: Owner;
  hospitals: Group;
  schools: Group;
  mary: Organization;
  john: Organization;
  primary: Organization;
  harbour: Organization;
}

export const groupScope = ({ id }: Pick<Group, 'id'>): Scope => ({ type: 'group', id });
export const organizationScope = ({ id }: Pick<Organization, 'id'>): Scope => ({ type: 'organization', id });
export const accountScope = ({ accountId: id }: Pick<Owner, 'accountId'>): Scope => ({ type: 'account', id });

export async function providerOf(platform: Platform): Promise<Provider> {
  const owner = await ownerOf(platform, 'Northern Light IT', someone('Ada'));
  const make = async (what: string, body: object) => (await owner.call('POST', `${owner.path}/${what}`, { body })).body;
  const group = async (name: string) => Group.parse(await make('groups', { name }));
  const organization = async (name: string, of?: Group) =>
    Organization.parse(await make('organizations', { name, ...(of && { groupId: of.id }) }));
  const [hospitals, schools] = [await group('Hospitals'), await group('Schools')];
  return {
    owner,
    hospitals,
    schools,
    mary: await organization('St Mary', hospitals),
    john: await organization('St John', hospitals),
    primary: await organization('Primary School', schools),
    harbour: await organization('Harbour'),
  };
}

/** A new user who was invited to one role in one scope, and accepted. */
export async function staffOf(
  platform: Platform,
  { owner }: Pick<Provider, 'owner'>,
  who: Person,
  invited: { scope: Scope; role: Role },
): Promise<Owner> {
  const { secret } = await invite(platform, owner, { email: who.email, ...invited });
  return joinAsNew(platform, secret, who);
}

/** Login tokens, and invitations that nobody has answered yet, so that lists have something to hide. */
export async function furnish(platform: Platform, provider: Provider): Promise<void> {
  const { owner, hospitals, mary, primary } = provider;
  const places = {
    everywhere: accountScope(owner),
    hospitals: groupScope(hospitals),
    mary: organizationScope(mary),
    primary: organizationScope(primary),
  };
  for (const [name, scope] of Object.entries(places)) {
    await lend(owner, { name, scope });
    await invite(platform, owner, { email: `${name}@invited.example`, scope, role: 'viewer' });
  }
}
