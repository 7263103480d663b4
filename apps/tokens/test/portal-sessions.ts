import type { AccessEvent } from '@valetkey/access-events';
import { makeAccessEvent } from '@valetkey/access-events/testing';
import {
  type AskOf,
  type CredentialOpened,
  Failure,
  membershipRemoved,
  openPortalSession,
  switchSession,
} from '@valetkey/contracts';
import type { Bus } from '@valetkey/messaging';
import { v7 as uuidv7 } from 'uuid';
import { ApplyMembershipEvents } from '../src/memberships/apply-membership-events.ts';
import type { Owner, Tokens } from './tokens.ts';

/** Users at the portal, as identity opens their sessions and tenancy takes their memberships away. */
export class PortalSessions {
  private constructor(
    private readonly tokens: Tokens,
    readonly identity: Bus,
  ) {}

  static async of(tokens: Tokens): Promise<PortalSessions> {
    return new PortalSessions(tokens, await tokens.service.as('identity'));
  }

  async open(more: Partial<AskOf<typeof openPortalSession>> = {}): Promise<CredentialOpened> {
    const who = {
      userId: uuidv7(),
      userName: 'Ada Owner',
      operator: false,
      address: '203.0.113.7',
      userAgent: 'Firefox',
    };
    const input = { ...who, accountId: uuidv7(), ...more };
    const answer = await this.identity.ask(openPortalSession, input, this.tokens.service.context());
    if (answer instanceof Failure) throw new Error(answer.code);
    return answer;
  }

  /** Any number of sessions of one user, newest last. */
  async openOf(userId: string, count: number, more: Partial<AskOf<typeof openPortalSession>> = {}) {
    const opened: CredentialOpened[] = [];
    for (let one = 0; one < count; one += 1) {
      opened.push(await this.open({ userId, ...more }));
      this.tokens.service.clock.advance(1);
    }
    return opened;
  }

  switch(opened: CredentialOpened, to: AskOf<typeof switchSession>, caller: Owner = this.tokens.callerOf(opened)) {
    return this.tokens.attempt(switchSession, to, caller);
  }

  /** A user may stand no more in an account, or in one of its organizations. */
  lose(userId: string, id: string): void {
    this.tokens.lostPlaces.add(`${userId} ${id}`);
  }

  /** Nobody can say where a user may stand. */
  silence(userId: string): void {
    this.tokens.lostPlaces.add(`${userId} silence`);
  }

  /** What tenancy tells of it. */
  removed(userId: string, accountid: string, { lastInAccount = true } = {}): AccessEvent {
    const scope = { type: 'account' as const, id: accountid };
    const names = { scopeName: 'Acme', accountName: 'Acme' };
    const data = { userId, scope, role: 'manager' as const, changes: [], lastInAccount, ...names };
    return makeAccessEvent(membershipRemoved, { accountid, data });
  }

  /** Hands membership events over as the consumer does. */
  tell(...events: AccessEvent[]) {
    return this.tokens.service.app.get(ApplyMembershipEvents).apply(events);
  }
}
