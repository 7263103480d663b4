import { z } from 'zod';
import { Changes, defineEvent } from '../kernel/event.ts';
import { Id, Named } from '../kernel/fields.ts';

const partnership = { entity: 'partnership', source: 'tenancy' } as const;
const partnerUser = { entity: 'partner-user', source: 'tenancy' } as const;

/** Whose event it is: each company has one of its own, which tells its own side alone. */
export const PartnershipSide = z.enum(['provider', 'client']);
export type PartnershipSide = z.infer<typeof PartnershipSide>;

/** `accountName` is the side's own name, `counterpart` the other company. */
const ofSide = { side: PartnershipSide, accountName: z.string(), counterpart: Named };
const ofProvider = { side: z.literal('provider'), accountName: z.string(), clientName: z.string().optional() };
const permissions = z.array(z.string());

export const partnershipTokenCreated = defineEvent({
  ...partnership,
  action: 'token-created',
  summary: 'A provider made a partner token for a client to take up',
  data: z.object(ofProvider),
});
export const partnershipActivated = defineEvent({
  ...partnership,
  action: 'activated',
  summary: 'A client took up a partner token: the partnership begins, under the client’s ceiling',
  data: z.object({ ...ofSide, permissions, changes: Changes }),
});
export const partnershipCeilingChanged = defineEvent({
  ...partnership,
  action: 'ceiling-changed',
  summary: 'The client changed the ceiling: nobody is granted more than `permissions` any longer',
  data: z.object({ ...ofSide, permissions, changes: Changes }),
  revokes: true,
});
export const partnershipDisabled = defineEvent({
  ...partnership,
  action: 'disabled',
  summary: 'The provider suspended a partnership: its users’ grants are kept and give nothing',
  data: z.object(ofSide),
  revokes: true,
});
export const partnershipEnabled = defineEvent({
  ...partnership,
  action: 'enabled',
  summary: 'The provider resumed a disabled partnership',
  data: z.object(ofSide),
});
export const partnershipRevoked = defineEvent({
  ...partnership,
  action: 'revoked',
  summary: 'The client ended a partnership for good',
  data: z.object(ofSide),
  revokes: true,
});
export const partnershipLapsed = defineEvent({
  ...partnership,
  action: 'lapsed',
  summary: 'No client took up a partner token in its time',
  data: z.object(ofProvider),
});
export const partnershipDeleted = defineEvent({
  ...partnership,
  action: 'deleted',
  summary: 'The provider deleted a partner token, and with it the partnership that there was',
  data: z.object({ ...ofSide, counterpart: Named.optional(), clientName: z.string().optional() }),
  revokes: true,
});

/** `batch`: which of the users of one call, so that one mail tells them all. */
const ofUser = {
  ...ofSide,
  partnershipId: Id,
  user: Named,
  permissions,
  batch: z.object({ number: z.number().int().min(1), of: z.number().int().min(1) }).optional(),
};

export const partnerUserAuthorized = defineEvent({
  ...partnerUser,
  action: 'authorized',
  summary: 'A member of the provider’s was let into the client’s account',
  data: z.object({ ...ofUser, changes: Changes }),
});
export const partnerUserChanged = defineEvent({
  ...partnerUser,
  action: 'changed',
  summary: 'What a partnership’s user is granted was changed, or cut by the ceiling',
  data: z.object({ ...ofUser, changes: Changes }),
  revokes: true,
});
export const partnerUserRevoked = defineEvent({
  ...partnerUser,
  action: 'revoked',
  summary: 'A partnership’s user lost the grant: it was taken, they left the provider, or the partnership ended',
  data: z.object(ofUser),
  revokes: true,
});
