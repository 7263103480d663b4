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
export const moduleEnabled = defineEvent({
  ...account,
  action: 'module-enabled',
  summary: 'A module was turned on: what it made resumes',
  data: z.object({ module: ModuleName, modules: z.array(ModuleName) }),
});
export const moduleDisabled = defineEvent({
  ...account,
  action: 'module-disabled',
  summary: 'A module was turned off: what it made is suspended and its sessions end',
  data: z.object({ module: ModuleName, modules: z.array(ModuleName) }),
  revokes: true,
});
export const organizationCreated = defineEvent({
  entity: 'organization',
  action: 'created',
  source,
  summary: 'An organization was made',
  data: z.object({ name: z.string(), groupId: Id.optional() }),
});
export const membershipGranted = defineEvent({
  entity: 'membership',
  action: 'granted',
  source,
  summary: 'A user became a member',
  data: z.object({ userId: Id, scope: Scope, role: Role }),
});
export const permissionCatalogueChanged = defineEvent({
  entity: 'permission-catalogue',
  action: 'changed',
  source,
  summary: 'The operator changed the catalogue of resource permissions',
  data: z.object({ changes: Changes }),
  revokes: true,
});
