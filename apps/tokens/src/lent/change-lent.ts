import type { LendableRole, Scope, ScopeType } from '@valetkey/contracts';
import type { Change } from './note-changes.ts';
import { nextReminder } from './reminders.rules.ts';

/** What login tokens and access keys have alike of what may be changed. */
interface Lent {
  name: string;
  role: LendableRole;
  scopeType: ScopeType;
  scopeId: string;
  allowedCidrs: string[];
  expiresAt?: Date | null;
  remindAt?: Date | null;
}

export interface LentChange {
  name?: string;
  role?: LendableRole;
  scope?: Scope;
  expiresAt?: Date | null;
  allowedCidrs?: string[];
}

/** Sets what was given. An expiry that moves has reminders of its own. */
export function changeLent(lent: Lent, wanted: LentChange, { now, change }: { now: Date; change: Change }): void {
  change('name', lent.name, wanted.name, (value) => (lent.name = value));
  change('role', lent.role, wanted.role, (value) => (lent.role = value));
  change('scope', { type: lent.scopeType, id: lent.scopeId }, wanted.scope, ({ type, id }) => {
    lent.scopeType = type;
    lent.scopeId = id;
  });
  change('expiresAt', lent.expiresAt ?? null, wanted.expiresAt, (value) => {
    lent.expiresAt = value;
    lent.remindAt = nextReminder(value, now);
  });
  change('allowedCidrs', lent.allowedCidrs, wanted.allowedCidrs, (value) => (lent.allowedCidrs = value));
}
