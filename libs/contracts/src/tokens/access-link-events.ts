import { z } from 'zod';
import { Changes, defineEvent } from '../kernel/event.ts';
import { Id, Named, Timestamp } from '../kernel/fields.ts';

const accessLink = { entity: 'access-link', source: 'tokens' } as const;

/** Whom the link lets in. */
const user = Named;
const ofUser = z.object({ user });

export const accessLinkCreated = defineEvent({
  ...accessLink,
  action: 'created',
  summary: 'An access link was made and its mail ordered',
  data: z.object({
    user,
    expiresAt: Timestamp,
    hasPassword: z.boolean(),
    maxUses: z.number().int().optional(),
    waiveTwoFactor: z.boolean(),
    editorId: Id,
    /** What whoever reads the trail must see: that two-factor was waived. */
    changes: Changes,
  }),
});
export const accessLinkEdited = defineEvent({
  ...accessLink,
  action: 'edited',
  summary: 'An access link has a new secret, on its way by mail: the old one’s sessions end',
  /** The changes name address and password without their values. */
  data: z.object({ user, changes: Changes, waiveTwoFactor: z.boolean(), editorId: Id }),
  revokes: true,
});
export const accessLinkRedeemed = defineEvent({
  ...accessLink,
  action: 'redeemed',
  summary: 'An access link opened a session',
  data: z.object({ user, sessionId: Id, address: z.string() }),
});
export const accessLinkUsed = defineEvent({
  ...accessLink,
  action: 'used',
  summary: 'All uses of an access link are spent; its sessions go on',
  data: ofUser,
});
export const accessLinkLocked = defineEvent({
  ...accessLink,
  action: 'locked',
  summary: 'Too many wrong passwords or codes: an access link opens nothing until it is edited; its sessions go on',
  data: z.object({ user, editorId: Id }),
});
export const accessLinkExpired = defineEvent({
  ...accessLink,
  action: 'expired',
  summary: 'An access link reached its expiry: all its sessions end',
  data: ofUser,
  revokes: true,
});
export const accessLinkDeleted = defineEvent({
  ...accessLink,
  action: 'deleted',
  summary: 'An access link was deleted, or lost what it stood on: all its sessions end',
  data: ofUser,
  revokes: true,
});
