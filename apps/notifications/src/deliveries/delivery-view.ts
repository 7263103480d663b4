import { Delivery, MailFailure } from '@valetkey/contracts';
import { timeOf } from '@valetkey/persistence';

export interface DeliveryRow {
  id: string;
  template: string;
  status: string;
  reason: string | null;
  attempts: number;
  created_at: string;
  settled_at: string | null;
  account_id: string | null;
}

export const deliveryColumns = 'id, template, status, reason, attempts, created_at, settled_at, account_id';

export function deliveryView({ id, template, status, reason, attempts, ...row }: DeliveryRow): Delivery {
  return Delivery.parse({
    id,
    template,
    status,
    attempts,
    createdAt: timeOf(row.created_at).toISOString(),
    ...(reason && { reason: MailFailure.parse(reason) }),
    ...(row.settled_at && { failedAt: timeOf(row.settled_at).toISOString() }),
    ...(row.account_id && { accountId: row.account_id }),
  });
}
