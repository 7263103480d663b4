import {
  deleteAccessKey,
  fail,
  getAccessKey,
  Id,
  type InputOf,
  rotateAccessKey,
  updateAccessKey,
} from '@valetkey/contracts';
import { Finds, Handles } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import { sql } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { findAccessKey } from './access-key-view.ts';

const Path = z.object({ accountId: Id, accessKeyId: Id });

@Injectable()
export class GetAccessKeyHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  @Handles(getAccessKey)
  async get({ accountId, accessKeyId }: InputOf<typeof getAccessKey>) {
    const key = await findAccessKey({ em: this.em.fork(), now: this.clock.now() }, accountId, accessKeyId);
    return key ?? fail(getAccessKey, 'not_found');
  }

  @Finds(updateAccessKey, rotateAccessKey, deleteAccessKey)
  async exists(input: Record<string, unknown>) {
    const { accountId, accessKeyId } = Path.parse(input);
    const statement = 'SELECT 1 FROM access_keys WHERE account_id = $1 AND id = $2';
    return (await sql(this.em.fork(), statement, [accountId, accessKeyId])).length > 0;
  }
}
