import { type AccessEvent, byType, type Handled, on } from '@valetkey/access-events';
import { accountCreated, accountUpdated, moduleDisabled, moduleEnabled } from '@valetkey/contracts';
import { eventContext, Outbox, takeUnhandled, type Transaction } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { endLoginTokenSessions } from './end-login-token-sessions.ts';
import { keepLimit, keepModules } from './keep-account.ts';

/** Keeps limits and modules of accounts as tenancy tells them. */
@Injectable()
export class ApplyAccountEvents {
  constructor(private readonly outbox: Outbox) {}

  /** One transaction for each event, since what it ends is noted as its author's act. */
  async apply(events: readonly AccessEvent[]): Promise<Handled> {
    let duplicates = 0;
    for (const event of events) if (!(await this.applyOne(event))) duplicates += 1;
    return { duplicates };
  }

  private applyOne(event: AccessEvent): Promise<boolean> {
    return this.outbox.transactional(eventContext(event), async (tx) => {
      const fresh = await takeUnhandled(tx.em, [event.id], tx.now);
      if (!fresh.has(event.id)) return false;
      await applyByType([event], tx);
      return true;
    });
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
    if (data.module === 'login_tokens') await endLoginTokenSessions(tx, id, newest ? undefined : new Date(time));
  }),
);
