import { type InputOf, listOwnEmails } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { pageOfRows } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Email } from '../users/email.entity.ts';
import { userIdOf } from '../users/user-id-of.ts';
import { emailView } from './email-view.ts';

@Injectable()
export class ListOwnEmailsHandler {
  constructor(private readonly em: EntityManager) {}

  @Handles(listOwnEmails)
  async list({ limit, cursor }: InputOf<typeof listOwnEmails>, context: HandlerContext) {
    const where = { user: userIdOf(context), ...(cursor && { id: { $lt: cursor } }) };
    const emails = await this.em.fork().find(Email, where, { orderBy: { id: 'desc' }, limit: limit + 1 });
    return pageOfRows(emails, limit, emailView);
  }
}
