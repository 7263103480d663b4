import {
  fail,
  Failure,
  type InputOf,
  matchingRevisions,
  partnershipCeilingChanged,
  updatePartner,
} from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { actIn } from '../access/act-in.ts';
import { areCatalogued } from './are-catalogued.ts';
import { changePartnership } from './change-partnership.ts';
import { lockOfClient } from './client-partnership.ts';
import { narrowGrants } from './narrow-grants.ts';
import { partnerRevision } from './partner-view.ts';
import { stands } from './partnership-status.rules.ts';
import { areSame } from './permissions.rules.ts';
import { tellPartnership } from './tell-partnership.ts';

@Injectable()
export class UpdatePartnerHandler {
  constructor(private readonly outbox: Outbox) {}

  /** Whoever grants holds the partnership's row as well: a grant is cut here, or was judged by this ceiling. */
  @Handles(updatePartner)
  async update(input: InputOf<typeof updatePartner>, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => {
      const actor = await actIn(tx.em, updatePartner, context, input.accountId);
      if (actor instanceof Failure) return actor;
      const row = await lockOfClient(tx.em, input);
      if (!row) return fail(updatePartner, 'not_found');
      if (!stands(row.status)) return fail(updatePartner, 'partnership_not_active');
      const isStale = matchingRevisions(context.ifMatch)?.includes(row.revision) === false;
      if (isStale) return fail(updatePartner, 'precondition_failed');
      const { permissions = row.permissions } = input;
      if (areSame(permissions, row.permissions)) return partnerRevision(row);
      // What the catalogue has lost since can stay, and above all go.
      const added = permissions.filter((name) => !row.permissions.includes(name));
      if (!(await areCatalogued(tx.em, added))) return fail(updatePartner, 'unknown_permission');
      const changed = await changePartnership(tx.em, row, { permissions });
      await narrowGrants(tx.em, row.id, permissions);
      const told = { permissions, changes: [{ field: 'permissions', from: row.permissions, to: permissions }] };
      tellPartnership(tx, partnershipCeilingChanged, changed, { by: 'client', data: (side) => ({ ...side, ...told }) });
      return partnerRevision(changed);
    });
  }
}
