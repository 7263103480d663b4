import {
  type Contract,
  Failure,
  listAccountSessions,
  listLoginTokenSessions,
  listOwnSessions,
  pageOf,
  type Session,
  SessionState,
} from '@valetkey/contracts';
import { Clock } from '@valetkey/observability';
import { Injectable } from '@nestjs/common';
import { CredentialStore } from '../credentials/credential-store.ts';
import { inUse, sessionOf } from '../credentials/verified.ts';

const lists: readonly Contract[] = [listAccountSessions, listLoginTokenSessions, listOwnSessions];
const Page = pageOf(SessionState);

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
    // All at once, so that tenancy is asked one question for the whole page.
    const sessions = await Promise.all(states.map((state) => this.join(state)));
    return sessions.find((session) => session instanceof Failure) ?? { items: sessions, nextCursor };
  }

  private async join(state: SessionState): Promise<Session | Failure> {
    const verified = await this.store.join(state);
    return verified instanceof Failure ? verified : sessionOf(state, verified);
  }
}
