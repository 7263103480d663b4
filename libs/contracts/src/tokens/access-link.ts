import { z } from 'zod';
import { Id, Named, opaque, Timestamp, TimestampInput } from '../kernel/fields.ts';

/** live → locked, used or expired; suspended while its module is off, though live or locked. An edit makes it live again. */
export const AccessLinkStatus = z.enum(['live', 'locked', 'used', 'expired', 'suspended']);
export type AccessLinkStatus = z.infer<typeof AccessLinkStatus>;

/** What came of the mail that carries its present secret. */
export const AccessLinkDelivery = z.enum(['queued', 'sent', 'failed']);
export type AccessLinkDelivery = z.infer<typeof AccessLinkDelivery>;

/** What lets a user in who cannot sign in. Nobody but the recipient of its mail ever sees its secret. */
export const AccessLink = z
  .object({
    id: Id,
    user: Named,
    email: z.string().meta({ description: 'The address of the user that it was mailed to' }),
    status: AccessLinkStatus,
    expiresAt: Timestamp,
    hasPassword: z.boolean(),
    maxUses: z.number().int().optional(),
    uses: z.number().int().meta({ description: 'Of the present secret' }),
    waiveTwoFactor: z.boolean(),
    delivery: AccessLinkDelivery,
    lastUsedAt: Timestamp.optional(),
    lastUsedFrom: z.string().optional(),
    createdAt: Timestamp,
    createdBy: Named,
    editedBy: Named.optional().meta({ description: 'Who last edited it, and so acts in its sessions' }),
  })
  .meta({ id: 'AccessLink' });
export type AccessLink = z.infer<typeof AccessLink>;

/** Days: how far ahead a link's expiry may lie. */
export const MAX_ACCESS_LINK_DAYS = 30;

/** What an owner or supporter sets on a link. */
export const accessLinkFields = {
  emailId: Id.meta({ description: 'A verified address of the user: see `GET …/members/{userId}/emails`' }),
  expiresAt: TimestampInput.meta({ description: `At most ${MAX_ACCESS_LINK_DAYS} days ahead` }),
  password: opaque(4, 128).nullable().meta({ description: 'Asked for at each use; to be told on another way' }),
  maxUses: z.number().int().min(1).max(1000).nullable().meta({ description: 'How often it opens a session' }),
  waiveTwoFactor: z
    .boolean()
    .meta({ description: 'Ask for no code though the user has two-factor on; for owners alone' }),
};

export const accessLinksPath = '/v1/accounts/{accountId}/access-links';
export const accessLinkPath = `${accessLinksPath}/{accessLinkId}` as const;

export const oneAccessLink = { accountId: Id, accessLinkId: Id };

/** A link with the revision that its `ETag` shows. */
export const AccessLinkRevision = AccessLink.extend({ revision: z.number().int() });
