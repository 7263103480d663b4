import { type AccessEvent, byType, type Handled, on } from '@valetkey/access-events';
import {
  accountCreated,
  accountDeleted,
  accountPolicyChanged,
  accountPurged,
  accountRestored,
  accountUpdated,
  moduleDisabled,
  moduleEnabled,
  moduleNames,
} from '@valetkey/contracts';
import { eachOnce, type EventsApplier, Outbox, type Transaction } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { closeAccount } from './close-account.ts';
import { endLentSessions, kindsLentBy } from './end-lent-sessions.ts';
import { keepDeleted, keepLimit, keepModules, keepPolicy } from './keep-account.ts';
import { purgeAccount } from './purge-account.ts';

/** Keeps what there is to follow of accounts as tenancy tells it. */
@Injectable()
export class ApplyAccountEvents implements EventsApplier {
  constructor(private readonly outbox: Outbox) {}

  apply(events: readonly AccessEvent[]): Promise<Handled> {
    return eachOnce(this.outbox, events, (event, tx) => applyByType([event], tx));
  }
}

const applyByType = byType<Transaction>(
  on(accountCreated, async ({ subject: id, sequence, data }, { em }) => {
    await keepLimit(em, { id, sequence }, data.tokenSessionLimit);
    await keepModules(em, { id, sequence }, data.modules);
  }),
  on(accountUpdated, async ({ subject: id, sequence, data }, { em }) => {
    await keepLimit(em, { id, sequence }, data.tokenSessionLimit);
  }),
  on(moduleEnabled, async ({ subject: id, sequence, data }, { em }) => {
    await keepModules(em, { id, sequence }, data.modules);
  }),
  on(moduleDisabled, async ({ subject: id, sequence, time, data }, tx) => {
    const newest = await keepModules(tx.em, { id, sequence }, data.modules);
    const openedUntil = newest ? undefined : new Date(time);
    await endLentSessions(tx, id, { kinds: kindsLentBy([data.module]), reason: 'module-disabled', openedUntil });
  }),
  on(accountPolicyChanged, async ({ subject: id, sequence, data }, { em }) => {
    await keepPolicy(em, { id, sequence }, data);
  }),
  on(accountDeleted, async ({ subject: id, sequence, time }, tx) => {
    if (await keepDeleted(tx.em, { id, sequence }, true)) await closeAccount(tx, id);
    // Restored since: whoever stands there may, but what was lent before is over.
    else {
      const kinds = kindsLentBy(moduleNames);
      await endLentSessions(tx, id, { kinds, reason: 'credential-deleted', openedUntil: new Date(time) });
    }
  }),
  on(accountRestored, async ({ subject: id, sequence }, { em }) => {
    await keepDeleted(em, { id, sequence }, false);
  }),
  on(accountPurged, ({ subject: id }, { em }) => purgeAccount(em, id)),
);
