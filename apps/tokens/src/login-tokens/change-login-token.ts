import type { Changes } from '@valetkey/contracts';
import { changeLent, type LentChange } from '../lent/change-lent.ts';
import { noteChanges } from '../lent/note-changes.ts';
import type { LoginToken } from './login-token.entity.ts';

type Wanted = LentChange & { maxSessions?: number | null };

/** Sets what was given and differs; says what changed. */
export function changeLoginToken(token: LoginToken, wanted: Wanted, now: Date): Changes {
  return noteChanges((change) => {
    changeLent(token, wanted, { now, change });
    change('maxSessions', token.maxSessions ?? null, wanted.maxSessions, (value) => (token.maxSessions = value));
  });
}
