import { deleteAccessLink, fail, getAccessLink, Id, type InputOf, updateAccessLink } from '@valetkey/contracts';
import { Finds, Handles } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import { sql } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { findAccessLink } from './access-link-view.ts';

const Path = z.object({ accountId: Id, accessLinkId: Id });

@Injectable()
export class GetAccessLinkHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  @Handles(getAccessLink)
  async get({ accountId, accessLinkId }: InputOf<typeof getAccessLink>) {
    const link = await findAccessLink({ em: this.em.fork(), now: this.clock.now() }, accountId, accessLinkId);
    return link ?? fail(getAccessLink, 'not_found');
  }

  @Finds(updateAccessLink, deleteAccessLink)
  async exists(input: Record<string, unknown>) {
    const { accountId, accessLinkId } = Path.parse(input);
    const statement = 'SELECT 1 FROM access_links WHERE account_id = $1 AND id = $2';
    return (await sql(this.em.fork(), statement, [accountId, accessLinkId])).length > 0;
  }
}
