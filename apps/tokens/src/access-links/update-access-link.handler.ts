import { fail, Failure, type InputOf, matchingRevisions, updateAccessLink } from '@valetkey/contracts';
import { hashPassword } from '@valetkey/credentials/passwords';
import { Bus, type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { isUniqueViolation } from '@valetkey/persistence';
import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AccessLinkMail } from './access-link-mail.ts';
import { showAccessLink } from './access-link-view.ts';
import { AccessLink } from './access-link.entity.ts';
import { refuseExpiry } from './access-link.rules.ts';
import type { Edit } from './edit-access-link.ts';
import { expireAccessLinks } from './expire-access-links.ts';
import { judgeLending } from './judge-lending.ts';
import { keepIfLent } from './keep-if-lent.ts';
import { reissueAccessLink } from './reissue-access-link.ts';

type Input = InputOf<typeof updateAccessLink>;

/** The edit of a link that was judged at a revision. */
type Judged = Input & Edit & { revision: number };

@Injectable()
export class UpdateAccessLinkHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly bus: Bus,
    private readonly em: EntityManager,
    private readonly mail: AccessLinkMail,
  ) {}

  @Handles(updateAccessLink)
  async update(input: Input, context: HandlerContext) {
    try {
      let answer = await this.attempt(input, context);
      while (answer === undefined) answer = await this.attempt(input, context);
      return answer;
    } catch (error) {
      if (isUniqueViolation(error, 'access_links_one')) return fail(updateAccessLink, 'access_link_exists');
      throw error;
    }
  }

  /** Nothing if what was judged is not what there is any more. */
  private async attempt(input: Input, context: HandlerContext) {
    const { accountId, accessLinkId: id, password } = input;
    const seen = await this.em.fork().findOne(AccessLink, { id, accountId });
    if (!seen) return fail(updateAccessLink, 'not_found');
    const { userId, revision } = seen;
    const emailId = input.emailId ?? seen.emailId;
    const lending = await judgeLending(this.bus, { ...input, userId, emailId }, context);
    if (lending instanceof Failure) return lending;
    const passwordHash = typeof password === 'string' ? await hashPassword(password) : password;
    const judged = { ...input, lending, passwordHash, revision };
    const edited = await this.outbox.transactional(context, (tx) => this.edit(tx, judged, context.ifMatch));
    if (!edited || edited instanceof Failure || !namesAnything(input)) return edited;
    return keepIfLent(edited, { accountId, emailId }, { bus: this.bus, outbox: this.outbox, context });
  }

  private async edit(tx: Transaction, edit: Judged, ifMatch: string | undefined) {
    const { accountId, accessLinkId: id } = edit;
    const link = await tx.em.findOne(AccessLink, { id, accountId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!link) return fail(updateAccessLink, 'not_found');
    if (matchingRevisions(ifMatch)?.includes(link.revision) === false)
      return fail(updateAccessLink, 'precondition_failed');
    // Somebody else edited it while this was asked about: perhaps it goes to another address now.
    if (link.revision !== edit.revision) return undefined;
    if (!namesAnything(edit)) return showAccessLink(tx, accountId, id);
    const refused = refuseExpiry(edit.expiresAt ?? link.expiresAt, tx.now);
    if (refused) return fail(updateAccessLink, refused);
    const others = 'account_id = $1 AND user_id = $2 AND id <> $3';
    await expireAccessLinks(tx, { where: others, values: [accountId, link.userId, id] });
    const secret = await reissueAccessLink(tx, link, edit);
    await this.mail.order(tx, link, { ...edit.lending, secret });
    return showAccessLink(tx, accountId, id);
  }
}

function namesAnything({ emailId, expiresAt, password, maxUses, waiveTwoFactor }: Input): boolean {
  return [emailId, expiresAt, password, maxUses, waiveTwoFactor].some((field) => field !== undefined);
}
