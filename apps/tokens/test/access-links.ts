import type { AccessEvent } from '@valetkey/access-events';
import { makeAccessEvent } from '@valetkey/access-events/testing';
import {
  type AccessLink,
  type AskOf,
  createAccessLink,
  mailFailed,
  type MailFailure,
  mailSent,
  updateAccessLink,
} from '@valetkey/contracts';
import type { z } from 'zod';
import { ApplyMailEvents } from '../src/access-links/apply-mail-events.ts';
import type { Person } from './link-people.ts';
import { HOUR, type Owner, type Tokens } from './tokens.ts';

type Fields = Partial<AskOf<typeof createAccessLink>>;

/** Access links with what their specs keep doing. */
export class AccessLinks {
  constructor(readonly tokens: Tokens) {}

  /** The owner of a new account that has access links on. */
  async owner(): Promise<Owner> {
    const owner = this.tokens.owner({ modules: ['access_links'] });
    await this.tokens.tell(this.tokens.tenancyOf(owner).created(null, ['access_links']));
    return owner;
  }

  /** A supporter of an owner's account, at the portal. */
  supporter({ accountId, ...owner }: Owner): Owner {
    const { userId, name } = this.person(accountId, { role: 'supporter', name: 'Sue Support' });
    const grants = [{ scope: { type: 'account' as const, id: accountId }, role: 'supporter' as const }];
    return { ...owner, accountId, subject: { type: 'user', id: userId, name }, grants };
  }

  /** A new member of an account. */
  person(accountId: string, more?: Parameters<Tokens['people']['member']>[1]): Person {
    return this.tokens.people.member(accountId, more);
  }

  /** What is asked for to make a link for a new member, unless another is named: good for an hour. */
  asked(maker: Owner, { userId, emailId }: Pick<Person, 'userId' | 'emailId'> = this.person(maker.accountId)) {
    return { accountId: maker.accountId, userId, emailId, expiresAt: this.tokens.later(HOUR).toISOString() };
  }

  /** Makes a link for a new member, unless another is named. */
  create(maker: Owner, fields: Fields = {}): Promise<AccessLink> {
    return this.tokens.ask(createAccessLink, { ...this.asked(maker), ...fields }, maker);
  }

  edit(maker: Owner, { id }: { id: string }, fields: Partial<AskOf<typeof updateAccessLink>>, ifMatch?: string) {
    const asked = { accountId: maker.accountId, accessLinkId: id, ...fields };
    return this.tokens.ask(updateAccessLink, asked, maker, { ifMatch });
  }

  /** The secret that was mailed for a link. */
  async secretOf(link: { id: string }, secretNumber?: number): Promise<string> {
    return (await this.tokens.mails.of(link, secretNumber)).secret;
  }

  /** What notifications tells of a mail. */
  sent(mailId: string, template = 'access-link'): AccessEvent {
    return makeAccessEvent(mailSent, { subject: mailId, data: { template } });
  }

  failed(mailId: string, reason: z.infer<typeof MailFailure> = 'refused'): AccessEvent {
    return makeAccessEvent(mailFailed, { subject: mailId, data: { template: 'access-link', reason } });
  }

  /** Hands mail events over as the consumer does. */
  tell(...events: AccessEvent[]) {
    return this.tokens.service.app.get(ApplyMailEvents).apply(events);
  }
}
