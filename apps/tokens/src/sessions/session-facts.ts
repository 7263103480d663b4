import type { PartyReference, SessionKind } from '@valetkey/contracts';
import type { Session } from './session.entity.ts';

export type SessionFacts = Pick<Session, 'kind' | 'subjectType' | 'subjectId' | 'loginTokenId' | 'accessLinkId'>;

/** Of `sessions`, or of what stands for it in a statement. */
export const factColumns = (sessions = 'sessions'): string =>
  `${sessions}.kind, ${sessions}.subject_type AS "subjectType", ${sessions}.subject_id AS "subjectId",
    ${sessions}.login_token_id AS "loginTokenId", ${sessions}.access_link_id AS "accessLinkId"`;

/** What every event of a session says of it. */
export function sessionFacts({ kind, subjectType, subjectId, loginTokenId, accessLinkId }: SessionFacts): {
  kind: SessionKind;
  subject: PartyReference;
  actor?: PartyReference;
  loginTokenId?: string;
  accessLinkId?: string;
} {
  return {
    kind,
    subject: { type: subjectType, id: subjectId },
    ...(loginTokenId && { loginTokenId }),
    ...(accessLinkId && { actor: { type: 'access-link', id: accessLinkId }, accessLinkId }),
  };
}
