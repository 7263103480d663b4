import { type InputOf, listPartners } from '@valetkey/contracts';
import { Handles } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { findPage } from '../search/find-page.ts';
import type { Listing } from '../search/listing.ts';
import { partnerView } from './partner-view.ts';
import { findPartnerships } from './partnership-rows.ts';
import { whereShown } from './partnership-status.queries.ts';

@Injectable()
export class ListPartnersHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  @Handles(listPartners)
  async list(asked: InputOf<typeof listPartners>) {
    const em = this.em.fork();
    const { ids, nextCursor } = await findPage(em, partners(asked, this.clock.now()), asked);
    const rows = await findPartnerships(em, { where: 'p.id = ANY($1::uuid[]) ORDER BY p.id DESC', values: [ids] });
    return { items: rows.map(partnerView), nextCursor };
  }
}

function partners({ accountId, status, cursor }: InputOf<typeof listPartners>, now: Date): Listing {
  return {
    table: 'partnerships',
    of: { column: 'client_account_id', id: accountId },
    reach: 'everywhere',
    only: (parameters) => (status ? [whereShown(status, parameters, now)] : []),
    cursor,
    texts: [
      { table: 'accounts', column: 'name', key: 'id', of: 'provider_account_id' },
      { table: 'partnerships', column: 'id::text', key: 'id', of: 'id' },
    ],
  };
}
