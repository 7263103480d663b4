import {
  activatePartnerToken,
  authorizePartnerUsers,
  deletePartnerToken,
  disablePartnerToken,
  fail,
  getPartnerToken,
  Id,
  type InputOf,
  listPartnerTokenUsers,
} from '@valetkey/contracts';
import { Finds, Handles } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { partnerTokenRevision } from './partner-token-view.ts';
import { findOfProvider } from './provider-partnership.ts';

const Path = z.object({ accountId: Id, partnerTokenId: Id });

@Injectable()
export class GetPartnerTokenHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  @Handles(getPartnerToken)
  async get(input: InputOf<typeof getPartnerToken>) {
    const row = await findOfProvider(this.em.fork(), input);
    return row ? partnerTokenRevision(row, this.clock.now()) : fail(getPartnerToken, 'not_found');
  }

  @Finds(deletePartnerToken, disablePartnerToken, activatePartnerToken, authorizePartnerUsers, listPartnerTokenUsers)
  async exists(input: Record<string, unknown>) {
    return (await findOfProvider(this.em.fork(), Path.parse(input))) !== undefined;
  }
}
