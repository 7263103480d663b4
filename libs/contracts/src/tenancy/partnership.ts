import { z } from 'zod';
import { Id, Named, Timestamp } from '../kernel/fields.ts';
import { Permission } from './operator.ts';

/** pending → active or lapsed; active ⇄ disabled; active or disabled → revoked, for good. */
export const PartnershipStatus = z.enum(['pending', 'active', 'disabled', 'revoked', 'lapsed']);
export type PartnershipStatus = z.infer<typeof PartnershipStatus>;

/** What there is of a partnership once a client has taken it up. */
export const PartnerStatus = PartnershipStatus.exclude(['pending', 'lapsed']);
export type PartnerStatus = z.infer<typeof PartnerStatus>;

const ceiling = z.array(z.string()).meta({ description: 'The ceiling: the most that any of its users may be granted' });
const users = z.number().int().meta({ description: 'How many users are authorized' });

/** A partnership as its provider sees it. */
export const PartnerToken = z
  .object({
    id: Id,
    status: PartnershipStatus,
    client: Named.optional().meta({ description: 'The account that took it up' }),
    clientName: z.string().optional().meta({ description: 'For whom the provider made it, in their own words' }),
    permissions: ceiling,
    users,
    createdAt: Timestamp,
    expiresAt: Timestamp.optional().meta({ description: 'Until then a client can take it up; absent once one has' }),
  })
  .meta({ id: 'PartnerToken' });
export type PartnerToken = z.infer<typeof PartnerToken>;

/** A partnership as its client sees it. */
export const Partner = z
  .object({ id: Id, status: PartnerStatus, provider: Named, permissions: ceiling, users, createdAt: Timestamp })
  .meta({ id: 'Partner' });
export type Partner = z.infer<typeof Partner>;

/** A user of the provider's who may enter the client's account. */
export const PartnerUser = z
  .object({ user: Named, permissions: z.array(z.string()), createdAt: Timestamp })
  .meta({ id: 'PartnerUser' });
export type PartnerUser = z.infer<typeof PartnerUser>;

/** With the revision that its `ETag` shows. */
export const PartnerTokenRevision = PartnerToken.extend({ revision: z.number().int() });
export const PartnerRevision = Partner.extend({ revision: z.number().int() });
export const PartnerUserRevision = PartnerUser.extend({ revision: z.number().int() });

/** Names of resource permissions, each once, in the order of the alphabet. */
export function permissionNames({ least }: { least: 0 | 1 }) {
  return z
    .array(Permission.shape.name)
    .min(least)
    .max(100)
    .transform((names) => [...new Set(names)].sort())
    .meta({ description: 'Names of resource permissions' });
}
