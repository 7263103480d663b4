import { checkAccessLink, deleteAccessLink, fail, Failure, type InputOf } from '@valetkey/contracts';
import { Bus, type HandlerContext, Handles, insist } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AccessLink } from './access-link.entity.ts';
import { deleteAccessLinks } from './delete-access-links.ts';
import { makerOf } from './maker-of.ts';

@Injectable()
export class DeleteAccessLinkHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly bus: Bus,
    private readonly em: EntityManager,
  ) {}

  @Handles(deleteAccessLink)
  async delete({ accountId, accessLinkId: id }: InputOf<typeof deleteAccessLink>, context: HandlerContext) {
    const link = await this.em.fork().findOne(AccessLink, { id, accountId });
    if (!link) return fail(deleteAccessLink, 'not_found');
    if (!(await this.mayDelete(link, context))) return fail(deleteAccessLink, 'forbidden');
    return this.outbox.transactional(context, async (tx) => {
      const deleted = await deleteAccessLinks(tx, { where: 'account_id = $1 AND id = $2', values: [accountId, id] });
      return deleted === 1 ? {} : fail(deleteAccessLink, 'not_found');
    });
  }

  /** A link that lets an owner in is for owners to delete; one that lets oneself in, for oneself too. */
  private async mayDelete({ accountId, userId }: AccessLink, context: HandlerContext): Promise<boolean> {
    const { id: makerId } = makerOf(context);
    if (makerId === userId) return true;
    const answer = await this.bus.ask(checkAccessLink, { accountId, makerId, userId }, context);
    if (answer instanceof Failure && answer.code === 'not_found') return true;
    const { allowed, isMember } = insist(checkAccessLink, answer);
    return allowed || !isMember;
  }
}
