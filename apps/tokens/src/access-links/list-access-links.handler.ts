import { type InputOf, listAccessLinks } from '@valetkey/contracts';
import { Handles } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import { pageOfRows } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { findAccessLinks, shownStatus, toAccessLink } from './access-link-view.ts';

@Injectable()
export class ListAccessLinksHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  @Handles(listAccessLinks)
  async list({ accountId, status, userId, query, limit, cursor }: InputOf<typeof listAccessLinks>) {
    const look = { em: this.em.fork(), now: this.clock.now() };
    const rows = await findAccessLinks(look, accountId, {
      where: `($3::text IS NULL OR ${shownStatus} = $3)
        AND ($4::uuid IS NULL OR k.user_id = $4)
        AND ($5::text IS NULL OR strpos(lower(k.user_name), lower($5)) > 0)
        AND ($6::uuid IS NULL OR k.id < $6) ORDER BY k.id DESC LIMIT $7`,
      values: [status ?? null, userId ?? null, query ?? null, cursor ?? null, limit + 1],
    });
    return pageOfRows(rows, limit, toAccessLink);
  }
}
