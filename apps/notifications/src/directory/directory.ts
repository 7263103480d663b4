import {
  Failure,
  findLinkOfMail,
  findMailboxes,
  listOwners,
  type OutputOf,
  type RequestContext,
} from '@valetkey/contracts';
import { Bus, EarlyAnswer, insist } from '@valetkey/messaging';
import { Injectable } from '@nestjs/common';

export type UserMailbox = OutputOf<typeof findMailboxes>['users'][number];
export type Owners = OutputOf<typeof listOwners>;
export type MailedLink = OutputOf<typeof findLinkOfMail>;

/** Who to write to: identity knows the users, tenancy the owners and tokens the links. What they cannot say now is thrown, to be asked again. */
@Injectable()
export class Directory {
  constructor(private readonly bus: Bus) {}

  /**
   * Of at most 1000 users, those who have a verified address.
   *
   * @throws EarlyAnswer while identity is away.
   */
  async mailboxes(userIds: readonly string[], context: RequestContext): Promise<Map<string, UserMailbox>> {
    if (userIds.length === 0) return new Map();
    const answer = insist(findMailboxes, await this.bus.ask(findMailboxes, { userIds: [...userIds] }, context));
    const reachable = answer.users.filter(({ verifiedEmails }) => verifiedEmails.length > 0);
    return new Map(reachable.map((user) => [user.userId, user]));
  }

  /**
   * Nothing when the account is gone.
   *
   * @throws EarlyAnswer while tenancy is away.
   */
  async owners(accountId: string, context: RequestContext): Promise<Owners | undefined> {
    const answer = await this.bus.ask(listOwners, { accountId }, context);
    if (!(answer instanceof Failure)) return answer;
    if (answer.code === 'not_found') return undefined;
    throw new EarlyAnswer(answer);
  }

  /**
   * Nothing when the link is gone, or its secret is another by now.
   *
   * @throws EarlyAnswer while tokens is away.
   */
  async linkOfMail(mailId: string, context: RequestContext): Promise<MailedLink | undefined> {
    const answer = await this.bus.ask(findLinkOfMail, { mailId }, context);
    if (!(answer instanceof Failure)) return answer;
    if (answer.code === 'not_found') return undefined;
    throw new EarlyAnswer(answer);
  }
}
