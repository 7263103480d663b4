import { fail, type InputOf, listPartnerTokenUsers } from '@valetkey/contracts';
import { Handles } from '@valetkey/messaging';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { pageOfPartnerUsers } from './page-of-partner-users.ts';
import { findOfProvider } from './provider-partnership.ts';

@Injectable()
export class ListPartnerTokenUsersHandler {
  constructor(private readonly em: EntityManager) {}

  @Handles(listPartnerTokenUsers)
  async list(asked: InputOf<typeof listPartnerTokenUsers>) {
    const em = this.em.fork();
    const partnership = await findOfProvider(em, asked);
    return partnership ? pageOfPartnerUsers(em, partnership, asked) : fail(listPartnerTokenUsers, 'not_found');
  }
}
