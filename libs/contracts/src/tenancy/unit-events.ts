import { z } from 'zod';
import { Changes, defineEvent } from '../kernel/event.ts';
import { Id } from '../kernel/fields.ts';

const organization = { entity: 'organization', source: 'tenancy' } as const;
const group = { entity: 'group', source: 'tenancy' } as const;
const name = z.string();

export const organizationCreated = defineEvent({
  ...organization,
  action: 'created',
  summary: 'An organization was made',
  data: z.object({ name, groupId: Id.optional() }),
});
export const organizationUpdated = defineEvent({
  ...organization,
  action: 'updated',
  summary: 'An organization was renamed, or moved to another group or out of its group',
  data: z.object({ name, changes: Changes }),
  revokes: true,
});
export const organizationDeleted = defineEvent({
  ...organization,
  action: 'deleted',
  summary: 'An organization was deleted: what is scoped to it ends',
  data: z.object({ name }),
  revokes: true,
});
export const groupCreated = defineEvent({
  ...group,
  action: 'created',
  summary: 'A group of organizations was made',
  data: z.object({ name }),
});
export const groupUpdated = defineEvent({
  ...group,
  action: 'updated',
  summary: 'A group was renamed',
  data: z.object({ name, changes: Changes }),
});
export const groupDeleted = defineEvent({
  ...group,
  action: 'deleted',
  summary: 'A group was deleted: what is scoped to it ends, its organizations stay',
  data: z.object({ name }),
  revokes: true,
});
