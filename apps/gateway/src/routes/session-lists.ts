import {
  type Contract,
  CredentialState,
  Failure,
  listAccountSessions,
  listLoginTokenSessions,
  pageOf,
  type Session,
} from '@valetkey/contracts';
import { Clock } from '@valetkey/observability';
import { Injectable } from '@nestjs/common';
import { CredentialStore } from '../credentials/credential-store.ts';
import { inUse, sessionOf } from '../credentials/verified.ts';

const lists: readonly Contract[] = [listAccountSessions, listLoginTokenSessions];
const Page = pageOf(CredentialState);

/** Lists of sessions: tokens says which live, and each is joined with the access where it stands. */
@Injectable()
export class SessionLists {
  constructor(
    private readonly store: CredentialStore,
    private readonly clock: Clock,
  ) {}

  /** What a client is shown of an answer; where it is no list of sessions, that answer itself. */
  async shown(contract: Contract, answer: unknown, ownId: string | undefined): Promise<unknown> {
    if (!lists.includes(contract)) return answer;
    const { items, nextCursor } = Page.parse(answer);
    const states = items.map((state) => (state.id === ownId ? inUse(state, this.clock.now()) : state));
    const sessions: Session[] = [];
    // All at once, so that tenancy is asked one question for the whole page.
    for (const verified of await Promise.all(states.map((state) => this.store.join(state)))) {
      if (verified instanceof Failure) return verified;
      sessions.push(sessionOf(verified));
    }
    return { items: sessions, nextCursor };
  }
}
