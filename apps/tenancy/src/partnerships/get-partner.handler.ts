import {
  deletePartner,
  fail,
  getPartner,
  Id,
  type InputOf,
  listPartnerUsers,
  updatePartner,
} from '@valetkey/contracts';
import { Finds, Handles } from '@valetkey/messaging';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { findOfClient } from './client-partnership.ts';
import { partnerRevision } from './partner-view.ts';

const Path = z.object({ accountId: Id, partnerId: Id });

@Injectable()
export class GetPartnerHandler {
  constructor(private readonly em: EntityManager) {}

  @Handles(getPartner)
  async get(input: InputOf<typeof getPartner>) {
    const row = await findOfClient(this.em.fork(), input);
    return row ? partnerRevision(row) : fail(getPartner, 'not_found');
  }

  @Finds(updatePartner, deletePartner, listPartnerUsers)
  async exists(input: Record<string, unknown>) {
    return (await findOfClient(this.em.fork(), Path.parse(input))) !== undefined;
  }
}
