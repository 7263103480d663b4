import type { Caller } from '@valetkey/contracts';
import { v7 as uuidv7 } from 'uuid';

/** An owner's portal session in an account, to be varied by a test. */
export function anyCaller(change: Partial<Caller> = {}): Caller {
  const accountId = change.accountId ?? uuidv7();
  return {
    kind: 'portal',
    sessionId: uuidv7(),
    subject: { type: 'user', id: uuidv7(), name: 'Ada Owner' },
    accountId,
    grants: [{ scope: { type: 'account', id: accountId }, role: 'owner' }],
    modules: ['login_tokens'],
    operator: false,
    ...change,
  };
}
