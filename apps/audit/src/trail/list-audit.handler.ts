import { type InputOf, listAudit } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { pageOfRows } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { partiesOf, toAuditEntry } from './audit-entry.view.ts';
import { findEntries } from './find-entries.ts';
import { hiddenFrom } from './owner-only.rules.ts';
import { PartyNames } from './party-names.ts';

@Injectable()
export class ListAuditHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly partyNames: PartyNames,
  ) {}

  @Handles(listAudit)
  async list(input: InputOf<typeof listAudit>, context: HandlerContext) {
    const entries = await findEntries(this.em.fork(), input, hiddenFrom(context.caller));
    const parties = new Set(entries.flatMap(({ event }) => partiesOf(event)));
    const names = await this.partyNames.of(input.accountId, parties, context);
    return pageOfRows(entries, input.limit, (entry) => toAuditEntry(entry, names));
  }
}
