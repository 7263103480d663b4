import type { PartyReference, SessionKind } from '@valetkey/contracts';
import type { Session } from './session.entity.ts';

/** What every event of a session says of it. */
export function sessionFacts(session: Pick<Session, 'kind' | 'subjectType' | 'subjectId' | 'loginTokenId'>): {
  kind: SessionKind;
  subject: PartyReference;
  loginTokenId?: string;
} {
  return {
    kind: session.kind,
    subject: { type: session.subjectType, id: session.subjectId },
    ...(session.loginTokenId && { loginTokenId: session.loginTokenId }),
  };
}
