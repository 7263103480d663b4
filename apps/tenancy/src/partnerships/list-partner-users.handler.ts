import { fail, type InputOf, listPartnerUsers } from '@valetkey/contracts';
import { Handles } from '@valetkey/messaging';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { findOfClient } from './client-partnership.ts';
import { pageOfPartnerUsers } from './page-of-partner-users.ts';

@Injectable()
export class ListPartnerUsersHandler {
  constructor(private readonly em: EntityManager) {}

  @Handles(listPartnerUsers)
  async list(asked: InputOf<typeof listPartnerUsers>) {
    const em = this.em.fork();
    const partnership = await findOfClient(em, asked);
    return partnership ? pageOfPartnerUsers(em, partnership, asked) : fail(listPartnerUsers, 'not_found');
  }
}
