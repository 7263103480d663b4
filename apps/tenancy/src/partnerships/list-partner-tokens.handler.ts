import { type InputOf, listPartnerTokens } from '@valetkey/contracts';
import { Handles } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { findPage } from '../search/find-page.ts';
import type { Listing } from '../search/listing.ts';
import { partnerTokenView } from './partner-token-view.ts';
import { findPartnerships } from './partnership-rows.ts';
import { whereShown } from './partnership-status.queries.ts';

@Injectable()
export class ListPartnerTokensHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  @Handles(listPartnerTokens)
  async list(asked: InputOf<typeof listPartnerTokens>) {
    const em = this.em.fork();
    const now = this.clock.now();
    const { ids, nextCursor } = await findPage(em, partnerTokens(asked, now), asked);
    const rows = await findPartnerships(em, { where: 'p.id = ANY($1::uuid[]) ORDER BY p.id DESC', values: [ids] });
    return { items: rows.map((row) => partnerTokenView(row, now)), nextCursor };
  }
}

function partnerTokens({ accountId, status, cursor }: InputOf<typeof listPartnerTokens>, now: Date): Listing {
  return {
    table: 'partnerships',
    of: { column: 'provider_account_id', id: accountId },
    reach: 'everywhere',
    only: (parameters) => ['NOT m.deleted', ...(status ? [whereShown(status, parameters, now)] : [])],
    cursor,
    texts: [
      { table: 'accounts', column: 'name', key: 'id', of: 'client_account_id' },
      { table: 'partnerships', column: 'client_name', key: 'id', of: 'id' },
      { table: 'partnerships', column: 'id::text', key: 'id', of: 'id' },
    ],
  };
}
