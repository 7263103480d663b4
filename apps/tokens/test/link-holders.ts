import type { AccessEvent } from '@valetkey/access-events';
import { makeAccessEvent } from '@valetkey/access-events/testing';
import {
  type AccessLink,
  type AskOf,
  type CredentialOpened,
  endAddressLinks,
  Failure,
  getAccessLink,
  membershipChanged,
  membershipGranted,
  membershipRemoved,
  redeemAccessLink,
  type RequestContext,
} from '@valetkey/contracts';
import { ApplyMembershipEvents } from '../src/memberships/apply-membership-events.ts';
import { AccessLinks } from './access-links.ts';
import type { Person } from './link-people.ts';
import { PortalSessions } from './portal-sessions.ts';
import type { Owner, Tokens } from './tokens.ts';

type Given = Omit<AskOf<typeof redeemAccessLink>, 'token'>;
type Fields = Parameters<AccessLinks['create']>[1];

/** A link made and mailed. */
export interface Mailed {
  link: AccessLink;
  secret: string;
  person: Person;
}

/** Whoever holds a mailed link, and what is told of its user and its editor meanwhile. */
export class LinkHolders {
  readonly links: AccessLinks;

  constructor(private readonly tokens: Tokens) {
    this.links = new AccessLinks(tokens);
  }

  /** Mails a link to a new member, or to who is given. */
  async mailed(maker: Owner, fields: Fields = {}, who: Partial<Person> = {}): Promise<Mailed> {
    const person = this.links.person(maker.accountId, who);
    const { userId, emailId } = person;
    const link = await this.links.create(maker, { userId, emailId, ...fields });
    return { link, secret: await this.links.secretOf(link), person };
  }

  redeem({ secret: token }: { secret: string }, given: Given = {}, more?: Partial<RequestContext>) {
    return this.tokens.ask(redeemAccessLink, { token, ...given }, undefined, more);
  }

  /** The code with which a redemption is refused; nothing if it succeeds. */
  async refusal({ secret: token }: { secret: string }, given: Given = {}, more?: Partial<RequestContext>) {
    const answer = await this.tokens.attempt(redeemAccessLink, { token, ...given }, undefined, more);
    return typeof answer === 'string' ? answer : undefined;
  }

  /** Mails a link and opens a session by it, whose secret stands in the place of the link's. */
  async visit(maker: Owner, fields: Fields = {}): Promise<Omit<Mailed, 'secret'> & CredentialOpened> {
    const mailed = await this.mailed(maker, fields);
    return { ...mailed, ...(await this.redeem(mailed)) };
  }

  /** A link as an owner sees it; nothing once it is gone. */
  async look({ accountId, ...owner }: Owner, { link }: Pick<Mailed, 'link'>): Promise<AccessLink | undefined> {
    const about = { accountId, accessLinkId: link.id };
    const answer = await this.tokens.attempt(getAccessLink, about, { ...owner, accountId });
    return typeof answer === 'string' ? undefined : answer;
  }

  /** What tenancy tells of a user's membership in an account. */
  told(how: 'granted' | 'changed' | 'removed', userId: string, accountid: string): AccessEvent {
    const scope = { type: 'account' as const, id: accountid };
    const of = { userId, scope, scopeName: 'Acme', accountName: 'Acme', changes: [] };
    if (how === 'changed') return makeAccessEvent(membershipChanged, { accountid, data: of });
    const data = { ...of, role: 'viewer' as const };
    if (how === 'granted') return makeAccessEvent(membershipGranted, { accountid, data });
    return makeAccessEvent(membershipRemoved, { accountid, data: { ...data, lastInAccount: true } });
  }

  /** The address of somebody is theirs no more, which identity has tokens follow. */
  async removed({ userId, emailId }: Pick<Person, 'userId' | 'emailId'>): Promise<void> {
    const { identity } = await PortalSessions.of(this.tokens);
    const answer = await identity.ask(endAddressLinks, { userId, emailId }, this.tokens.service.context());
    if (answer instanceof Failure) throw new Error(`Ending the links of an address was refused with ${answer.code}`);
  }

  /** Hands events over as their consumer does. */
  async tell(...events: AccessEvent[]): Promise<void> {
    await this.tokens.service.app.get(ApplyMembershipEvents).apply(events);
  }
}
