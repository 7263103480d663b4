import { fail, Id, type InputOf, retryDelivery } from '@valetkey/contracts';
import { Finds, Handles } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import { sql } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { hasSecret } from '../content/has-secret.ts';
import { Doorbell } from '../queue/doorbell.ts';
import { Mail } from '../queue/mail.entity.ts';
import { deliveryColumns, type DeliveryRow, deliveryView } from './delivery-view.ts';

/** What has no secret in it may come late: it has this long again. */
const ANEW_MS = 24 * 3_600_000;

@Injectable()
export class RetryDeliveryHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly doorbell: Doorbell,
  ) {}

  @Handles(retryDelivery)
  async retry({ deliveryId }: InputOf<typeof retryDelivery>) {
    const em = this.em.fork();
    const mail = await em.findOne(Mail, { id: deliveryId }, { fields: ['template'] });
    if (!mail) return fail(retryDelivery, 'not_found');
    const now = this.clock.now();
    const atLeast = hasSecret(mail.template) ? now : new Date(now.getTime() + ANEW_MS);
    const [queued] = await sql<DeliveryRow>(
      em,
      `UPDATE mails SET status = 'queued', due_at = $2, expires_at = greatest(expires_at, $3), kept_until = NULL, reason = NULL
        WHERE id = $1 AND status = 'failed' AND kept_until > $2 RETURNING ${deliveryColumns}`,
      [deliveryId, now, atLeast],
    );
    if (!queued) return fail(retryDelivery, 'not_retryable');
    this.doorbell.ring();
    return deliveryView(queued);
  }

  @Finds(retryDelivery)
  async exists(input: Record<string, unknown>) {
    return (await this.em.fork().count(Mail, { id: Id.parse(input['deliveryId']) })) === 1;
  }
}
