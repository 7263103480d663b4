import { type InputOf, listVerifiedEmails } from '@valetkey/contracts';
import { Handles } from '@valetkey/messaging';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Email } from './email.entity.ts';

@Injectable()
export class ListVerifiedEmailsHandler {
  constructor(private readonly em: EntityManager) {}

  @Handles(listVerifiedEmails)
  async list({ userId }: InputOf<typeof listVerifiedEmails>) {
    const verified = { user: userId, verifiedAt: { $ne: null } };
    const emails = await this.em.fork().find(Email, verified, { orderBy: { id: 'asc' } });
    return { emails: emails.map(({ id, address: email }) => ({ id, email })) };
  }
}
