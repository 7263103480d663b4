import { type InputOf, listAudit, listStoredAudit } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { pageOfRows } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { partiesOf, toAuditEntry, toStoredAuditEntry } from './audit-entry.view.ts';
import { findEntries, type FoundEntry } from './find-entries.ts';
import { hiddenFrom } from './owner-only.rules.ts';
import { type Names, PartyNames } from './party-names.ts';

@Injectable()
export class ListAuditHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly partyNames: PartyNames,
  ) {}

  @Handles(listAudit)
  async list(input: InputOf<typeof listAudit>, context: HandlerContext) {
    return this.page(input, context, toAuditEntry);
  }

  @Handles(listStoredAudit)
  async listStored(input: InputOf<typeof listStoredAudit>, context: HandlerContext) {
    return this.page(input, context, toStoredAuditEntry);
  }

  private async page<View>(
    input: InputOf<typeof listAudit>,
    context: HandlerContext,
    view: (entry: FoundEntry, names: Names) => View,
  ) {
    const entries = await findEntries(this.em.fork(), input, hiddenFrom(context.caller));
    const parties = new Set(entries.flatMap(({ event }) => partiesOf(event)));
    const names = await this.partyNames.of(input.accountId, parties, context);
    return pageOfRows(entries, input.limit, (entry) => view(entry, names));
  }
}
