import type { MailFailure } from '@valetkey/contracts';

/** What came of an attempt to send a mail. */
export type Outcome =
  | { kind: 'sent' }
  | { kind: 'failed'; reason: MailFailure }
  /** To be tried again: `away` when no other mail would do better now. */
  | { kind: 'later'; cause: 'away' | 'deferred'; why: string }
  /** Somebody else has it. */
  | { kind: 'lost' };
