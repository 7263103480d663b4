import { type AccessEvent, byType, type Handled, on } from '@valetkey/access-events';
import { groupDeleted, organizationDeleted, organizationUpdated } from '@valetkey/contracts';
import { Bus, type HandlerContext } from '@valetkey/messaging';
import { eachOnce, type EventsApplier, Outbox, type Transaction } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { deleteAccessKeys } from '../access-keys/delete-access-keys.ts';
import { deleteLoginTokens } from '../login-tokens/delete-login-tokens.ts';
import { leaveLostOrganization } from './leave-lost-organization.ts';

interface Applying {
  tx: Transaction;
  context: HandlerContext;
}

/**
 * Deletes what was lent in a group or organization that is gone, and with it the sessions: none of it has worked since,
 * for where its scope was, tenancy finds nothing. Portal sessions that stood in an organization which is gone, or which
 * its move took from their users, stand in none until another is chosen, even if it comes back.
 */
@Injectable()
export class ApplyScopeEvents implements EventsApplier {
  constructor(
    private readonly outbox: Outbox,
    private readonly bus: Bus,
  ) {}

  apply(events: readonly AccessEvent[]): Promise<Handled> {
    return eachOnce(this.outbox, events, (event, tx, context) => this.applyByType([event], { tx, context }));
  }

  private readonly applyByType = byType<Applying>(
    on(groupDeleted, async ({ accountid, subject }, { tx }) => deleteLent(tx, { accountid, type: 'group', subject })),
    on(organizationDeleted, async ({ accountid, subject }, { tx, context }) => {
      await deleteLent(tx, { accountid, type: 'organization', subject });
      await this.leave(accountid, subject, { tx, context });
    }),
    on(organizationUpdated, async ({ accountid, subject, data }, applying) => {
      if (data.changes.some(({ field }) => field === 'groupId')) await this.leave(accountid, subject, applying);
    }),
  );

  private async leave(accountId: string | undefined, organizationId: string, applying: Applying): Promise<void> {
    const { tx, context } = applying;
    if (accountId) await leaveLostOrganization(tx, { accountId, organizationId }, { bus: this.bus, context });
  }
}

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
