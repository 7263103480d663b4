import { type InputOf, listAccessKeys } from '@valetkey/contracts';
import { Handles } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import { pageOfRows } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { findAccessKeys, shownStatus, toAccessKey } from './access-key-view.ts';

@Injectable()
export class ListAccessKeysHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  @Handles(listAccessKeys)
  async list({ accountId, status, query, limit, cursor }: InputOf<typeof listAccessKeys>) {
    const look = { em: this.em.fork(), now: this.clock.now() };
    const rows = await findAccessKeys(look, accountId, {
      where: `($3::text IS NULL OR ${shownStatus} = $3)
        AND ($4::text IS NULL OR strpos(lower(k.name), lower($4)) > 0)
        AND ($5::uuid IS NULL OR k.id < $5) ORDER BY k.id DESC LIMIT $6`,
      values: [status ?? null, query ?? null, cursor ?? null, limit + 1],
    });
    return pageOfRows(rows, limit, toAccessKey);
  }
}
