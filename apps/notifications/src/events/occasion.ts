import type { AccessEvent } from '@valetkey/access-events';
import type { NotificationKind, RequestContext } from '@valetkey/contracts';
import { eventContext } from '@valetkey/outbox';
import type { z } from 'zod';
import type { Directory, MailedLink, Owners, UserMailbox } from '../directory/directory.ts';
import type { Notice } from '../notices/define-notice.ts';
import type { Told } from '../notices/told.ts';

/** Something to be told to a user. */
export interface Telling {
  userId: string;
  kind: NotificationKind;
  /** The account that it tells of, as long as there is one. */
  accountId?: string;
  told: Told;
}

/** One event that may be worth telling: whom it is to be told, and what there is to know for the words. */
export class Occasion {
  readonly tellings: Telling[] = [];
  readonly context: RequestContext;

  constructor(
    readonly event: AccessEvent,
    private readonly directory: Directory,
  ) {
    const { requestId, correlationId, traceparent } = eventContext(event);
    this.context = { requestId, correlationId, traceparent };
  }

  /** Of the event's account, or another that it turned out to tell of. */
  tell<Facts extends z.ZodType>(
    userId: string,
    { template, kind }: Notice<Facts>,
    facts: z.input<Facts>,
    accountId = this.event.accountid,
  ): void {
    this.tellings.push({ userId, kind, accountId, told: { template, at: this.event.time, facts } });
  }

  /** Tells each owner of the event's account; nobody once the account is gone. */
  async tellOwners<Facts extends z.ZodType>(
    notice: Notice<Facts>,
    factsOf: (accountName: string) => z.input<Facts>,
  ): Promise<void> {
    const owners = await this.owners();
    for (const userId of owners?.userIds ?? []) this.tell(userId, notice, factsOf(owners?.accountName ?? ''));
  }

  /**
   * Tells each owner what the other company of a partnership did, and not what their own people did: they know, and what
   * follows from it for every user would be one mail each.
   */
  async tellOfCounterpart<Facts extends z.ZodType>(
    notice: Notice<Facts>,
    factsOf: (accountName: string) => z.input<Facts>,
  ): Promise<void> {
    if (this.event.actor.startsWith('account:')) await this.tellOwners(notice, factsOf);
  }

  /** The name of the event's account, or of another; nothing once it is gone. */
  async accountName(accountId = this.event.accountid): Promise<string | undefined> {
    return (await this.owners(accountId))?.accountName;
  }

  /** The access link whose present secret a mail carries. */
  async linkOfMail(mailId: string): Promise<MailedLink | undefined> {
    return this.directory.linkOfMail(mailId, this.context);
  }

  /** The name of the user who did it, if one did. */
  async by(): Promise<string | undefined> {
    const { actor } = this.event;
    return actor.startsWith('user:') ? this.nameOf(actor.slice('user:'.length)) : undefined;
  }

  /** Whether it was done by a user or a key, and not by that user. */
  byAnotherThan(userId: string): boolean {
    const { actor } = this.event;
    return /^(?:user|access-key):/.test(actor) && actor !== `user:${userId}`;
  }

  async nameOf(userId: string): Promise<string | undefined> {
    return (await this.mailbox(userId))?.name;
  }

  async mailbox(userId: string): Promise<UserMailbox | undefined> {
    return (await this.directory.mailboxes([userId], this.context)).get(userId);
  }

  private async owners(accountId = this.event.accountid): Promise<Owners | undefined> {
    return accountId === undefined ? undefined : this.directory.owners(accountId, this.context);
  }
}
