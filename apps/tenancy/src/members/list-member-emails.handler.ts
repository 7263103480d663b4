import { fail, type InputOf, listMemberEmails, listVerifiedEmails } from '@valetkey/contracts';
import { Bus, type HandlerContext, Handles, insist } from '@valetkey/messaging';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { callerOf } from '../access/caller-of.ts';
import { isMemberInSight } from './membership-in-sight.ts';

@Injectable()
export class ListMemberEmailsHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly bus: Bus,
  ) {}

  @Handles(listMemberEmails)
  async list({ accountId, userId }: InputOf<typeof listMemberEmails>, context: HandlerContext) {
    const isMember = await isMemberInSight(this.em.fork(), callerOf(context).grants, { accountId, userId });
    if (!isMember) return fail(listMemberEmails, 'not_found');
    return insist(listVerifiedEmails, await this.bus.ask(listVerifiedEmails, { userId }, context)).emails;
  }
}
