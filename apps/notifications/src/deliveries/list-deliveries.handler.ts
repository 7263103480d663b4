import { type InputOf, listDeliveries } from '@valetkey/contracts';
import { Handles } from '@valetkey/messaging';
import { pageOfRows, sql } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { deliveryColumns, type DeliveryRow, deliveryView } from './delivery-view.ts';

@Injectable()
export class ListDeliveriesHandler {
  constructor(private readonly em: EntityManager) {}

  /** Ids of mails are no order, so a page begins after the failure of the mail that the cursor names, retried or not. */
  @Handles(listDeliveries)
  async list({ limit, cursor }: InputOf<typeof listDeliveries>) {
    const rows = await sql<DeliveryRow>(
      this.em.fork(),
      `SELECT ${deliveryColumns} FROM mails
        WHERE status = 'failed'
          AND ($2::uuid IS NULL OR (settled_at, id) < (SELECT settled_at, id FROM mails WHERE id = $2))
        ORDER BY settled_at DESC, id DESC LIMIT $1`,
      [limit + 1, cursor ?? null],
    );
    return pageOfRows(rows, limit, deliveryView);
  }
}
