import { z } from 'zod';
import { operator } from '../kernel/access.ts';
import { defineCommand, defineQuery } from '../kernel/contract.ts';
import { Id, pageOf, pageQuery, Timestamp } from '../kernel/fields.ts';
import { MailFailure } from './events.ts';

/** A mail as operators see it: what came of it, and neither to whom nor what it said. */
export const Delivery = z
  .object({
    id: Id,
    template: z.string(),
    status: z.enum(['queued', 'failed']).meta({ description: '`queued` once it is to be tried again' }),
    reason: MailFailure.optional(),
    attempts: z.number().int(),
    createdAt: Timestamp,
    failedAt: Timestamp.optional(),
    accountId: Id.optional().meta({ description: 'The account that it tells of' }),
  })
  .meta({ id: 'Delivery' });
export type Delivery = z.infer<typeof Delivery>;

const path = '/v1/operator/deliveries';

export const listDeliveries = defineQuery({
  subject: 'notifications.v1.delivery.list',
  summary: 'Mails that failed, the latest failure first',
  input: z.strictObject(pageQuery),
  output: pageOf(Delivery),
  errors: [],
  access: operator(),
  http: { method: 'GET', path, success: 200 },
});

export const retryDelivery = defineCommand({
  subject: 'notifications.v1.delivery.retry',
  summary:
    'Send a failed mail once more, as long as its content is kept: a secret’s until it expires, and none longer than 7 days',
  input: z.strictObject({ deliveryId: Id }),
  output: Delivery,
  errors: ['not_found', 'not_retryable'],
  access: operator(),
  http: { method: 'POST', path: `${path}/{deliveryId}/retry`, success: 200 },
});
