import { AccessLink, pageOf } from '@valetkey/contracts';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { recipientOf, sendLink } from './access-links.ts';
import { type Owner, ownerOf, person } from './client.ts';
import { eventually } from './eventually.ts';
import { giveKey, lend } from './lending.ts';
import { memberOf } from './members.ts';
import { membershipOf } from './membership-of.ts';
import { authorize, catalogueDevices, partnershipOf, setModules } from './partnerships.ts';
import type { Platform } from './start-platform.ts';

const WithId = z.object({ id: z.string() });

/** Ids by the name that they have in a path. */
export type NamedIds = Readonly<Record<string, string>> & { readonly accountId: string; readonly userId: string };

/**
 * Makes one of most things in an account, in which it turns all modules on: `userId` is a member beside its owner, and
 * `membershipId` theirs.
 */
export async function oneOfEach(platform: Platform, owner: Owner, operator: Owner): Promise<NamedIds> {
  const { accountId, path } = owner;
  const scope = { type: 'account', id: accountId };
  const make = async (what: string, body: object) =>
    WithId.parse((await owner.call('POST', `${path}/${what}`, { body })).body).id;
  await memberOf(platform, owner, 'viewer');
  const viewer = await membershipOf('viewer', owner);
  const emails = pageOf(WithId).parse((await owner.call('GET', '/v1/users/me/emails')).body);
  return {
    accountId,
    loginTokenId: (await lend(owner, { name: 'There' })).id,
    accessKeyId: (await giveKey(owner, { name: 'There' })).id,
    organizationId: await make('organizations', { name: 'There' }),
    groupId: await make('groups', { name: 'There' }),
    invitationId: await make('invitations', { email: 'invited@nowhere.example', scope, role: 'viewer' }),
    membershipId: viewer.id,
    userId: viewer.user.id,
    emailId: emails.items[0]?.id ?? '',
    ...(await oneLentOfEach(platform, owner, { operator, userId: viewer.user.id })),
  };
}

async function oneLentOfEach(
  platform: Platform,
  owner: Owner,
  { operator, userId }: { operator: Owner; userId: string },
): Promise<Readonly<Record<'accessLinkId' | 'partnerId' | 'partnerTokenId', string>>> {
  const partner = await ownerOf(platform, 'Riggers', person('rita@riggers.example'));
  for (const account of [owner, partner])
    await setModules(operator, account, { access_links: true, partner: true, client: true });
  await catalogueDevices(operator);
  const to = await recipientOf(owner, { email: `viewer@${owner.accountId}.example` });
  const link = await sendLink(platform, owner, to);
  await eventually('it is known that the link was mailed', async () => {
    return AccessLink.parse((await owner.call('GET', link.path)).body).delivery === 'sent' || undefined;
  });
  const permissions = ['devices.view'];
  const given = await partnershipOf(owner, partner, permissions);
  await authorize(owner, given, [userId], permissions);
  const taken = await partnershipOf(partner, owner, permissions);
  return { accessLinkId: link.id, partnerId: taken.id, partnerTokenId: given.id };
}

/** A path with ids in place of their names; what has none is nothing's. */
export function urlWith(ids: NamedIds, path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? uuidv7());
}
