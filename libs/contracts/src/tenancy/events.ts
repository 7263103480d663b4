import { z } from 'zod';
import { Role, Scope } from '../kernel/caller.ts';
import { Changes, defineEvent } from '../kernel/event.ts';
import { Id } from '../kernel/fields.ts';
import { ModuleName } from '../kernel/modules.ts';

const source = 'tenancy' as const;
const account = { entity: 'account', source } as const;

export const accountCreated = defineEvent({
  ...account,
  action: 'created',
  summary: 'An account was opened',
  data: z.object({
    name: z.string(),
    ownerId: Id,
    modules: z.array(ModuleName),
    tokenSessionLimit: z.number().int().nullable(),
  }),
});
export const accountUpdated = defineEvent({
  ...account,
  action: 'updated',
  summary: 'The profile of an account was changed',
  data: z.object({ name: z.string(), changes: Changes, tokenSessionLimit: z.number().int().nullable() }),
});
/** Absent from what the version before told. */
const moduleChanges = Changes.default([]);

export const moduleEnabled = defineEvent({
  ...account,
  action: 'module-enabled',
  summary: 'A module was turned on: what it made resumes',
  data: z.object({ module: ModuleName, modules: z.array(ModuleName), changes: moduleChanges }),
});
export const moduleDisabled = defineEvent({
  ...account,
  action: 'module-disabled',
  summary: 'A module was turned off: what it made is suspended and its sessions end',
  data: z.object({ module: ModuleName, modules: z.array(ModuleName), changes: moduleChanges }),
  revokes: true,
});
const membership = { entity: 'membership', source } as const;
/** What mails call the place by: the scope's name is the account's own where the scope is the account. */
const placeNames = { scopeName: z.string(), accountName: z.string() };
const ofMember = { userId: Id, scope: Scope, ...placeNames, changes: Changes };

export const membershipGranted = defineEvent({
  ...membership,
  action: 'granted',
  summary: 'A user became a member',
  data: z.object({ ...ofMember, role: Role }),
});
export const membershipChanged = defineEvent({
  ...membership,
  action: 'changed',
  summary: 'The role of a membership was changed',
  data: z.object(ofMember),
  revokes: true,
});
export const membershipRemoved = defineEvent({
  ...membership,
  action: 'removed',
  summary: 'A membership ended: it was removed, its scope was deleted, or the user left',
  /** The last of the account: of several that end at once, one says so. */
  data: z.object({ ...ofMember, role: Role, lastInAccount: z.boolean() }),
  revokes: true,
});

const invitation = { entity: 'invitation', source } as const;
const invited = { scope: Scope, role: Role, ...placeNames };

export const invitationCreated = defineEvent({
  ...invitation,
  action: 'created',
  summary: 'Somebody was invited',
  data: z.object(invited),
});
export const invitationResent = defineEvent({
  ...invitation,
  action: 'resent',
  summary: 'An invitation was mailed again, with a new secret',
  data: z.object(invited),
});
export const invitationAccepted = defineEvent({
  ...invitation,
  action: 'accepted',
  summary: 'A user accepted an invitation and became a member',
  data: z.object({ ...invited, membershipId: Id, userId: Id, invitedBy: z.object({ id: Id }) }),
});
export const invitationCanceled = defineEvent({
  ...invitation,
  action: 'canceled',
  summary: 'An invitation was canceled, by somebody or with its scope',
  data: z.object(invited),
});
export const invitationExpired = defineEvent({
  ...invitation,
  action: 'expired',
  summary: 'Nobody accepted an invitation in its time',
  data: z.object(invited),
});
export const permissionCatalogueChanged = defineEvent({
  entity: 'permission-catalogue',
  action: 'changed',
  source,
  summary: 'The operator changed the catalogue of resource permissions',
  data: z.object({ changes: Changes }),
  revokes: true,
});
