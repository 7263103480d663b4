import { type AccessEvent, byType, type Handled, on } from '@valetkey/access-events';
import { groupDeleted, organizationDeleted } from '@valetkey/contracts';
import { eachOnce, type EventsApplier, Outbox, type Transaction } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { deleteAccessKeys } from '../access-keys/delete-access-keys.ts';
import { deleteLoginTokens } from '../login-tokens/delete-login-tokens.ts';

/**
 * Deletes what was lent in a group or organization that is gone, and with it the sessions. None of it has worked since:
 * where its scope was, tenancy finds nothing.
 */
@Injectable()
export class ApplyScopeEvents implements EventsApplier {
  constructor(private readonly outbox: Outbox) {}

  apply(events: readonly AccessEvent[]): Promise<Handled> {
    return eachOnce(this.outbox, events, (event, tx) => applyByType([event], tx));
  }
}

const applyByType = byType<Transaction>(
  on(groupDeleted, ({ accountid, subject }, tx) => deleteLent(tx, { accountid, type: 'group', subject })),
  on(organizationDeleted, ({ accountid, subject }, tx) => deleteLent(tx, { accountid, type: 'organization', subject })),
);

async function deleteLent(
  tx: Transaction,
  { accountid, type, subject }: { accountid?: string; type: 'group' | 'organization'; subject: string },
): Promise<void> {
  if (accountid === undefined) return;
  const ofScope = {
    where: 'account_id = $1 AND scope_type = $2 AND scope_id = $3',
    values: [accountid, type, subject],
  };
  await deleteAccessKeys(tx, ofScope);
  await deleteLoginTokens(tx, ofScope);
}
