import {
  accountCreated,
  type AccessEventEnvelope,
  accountUpdated,
  moduleDisabled,
  moduleEnabled,
  type ModuleName,
} from '@valetkey/contracts';
import { eventContext, Outbox, takeUnhandled, type Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { Injectable } from '@nestjs/common';
import { endSessions } from '../sessions/end-sessions.ts';

/** Keeps limits and modules of accounts as tenancy tells them, newer versions only. */
@Injectable()
export class ApplyAccountEvents {
  constructor(private readonly outbox: Outbox) {}

  /** One transaction for each event, since what it ends is noted as its author's act. */
  async apply(event: AccessEventEnvelope): Promise<void> {
    await this.outbox.transactional(eventContext(event), async (tx) => {
      const fresh = await takeUnhandled(tx.em, [event.id], tx.now);
      if (fresh.has(event.id)) await applyTo(tx, event);
    });
  }
}

async function applyTo(tx: Transaction, event: AccessEventEnvelope): Promise<void> {
  const { subject: id, sequence } = event;
  if (event.type === accountCreated.type) {
    const { tokenSessionLimit, modules } = accountCreated.data.parse(event.data);
    await keep(tx, id, sequence, { limit: tokenSessionLimit, modules });
  } else if (event.type === accountUpdated.type) {
    await keep(tx, id, sequence, { limit: accountUpdated.data.parse(event.data).tokenSessionLimit });
  } else if (event.type === moduleEnabled.type) {
    await keep(tx, id, sequence, { modules: moduleEnabled.data.parse(event.data).modules });
  } else if (event.type === moduleDisabled.type) {
    const { module, modules } = moduleDisabled.data.parse(event.data);
    await keep(tx, id, sequence, { modules });
    if (module === 'login_tokens') await endLoginTokenSessions(tx, id);
  }
}

interface Kept {
  limit?: number | null;
  modules?: ModuleName[];
}

async function keep({ em }: Transaction, id: string, version: number, { limit, modules }: Kept): Promise<void> {
  await sql(
    em,
    `INSERT INTO accounts AS a (id, token_session_limit, modules, version) VALUES ($1, $3, coalesce($4, '{login_tokens}'), $2)
     ON CONFLICT (id) DO UPDATE SET version = excluded.version,
       token_session_limit = CASE WHEN $5 THEN excluded.token_session_limit ELSE a.token_session_limit END,
       modules = coalesce($4, a.modules)
     WHERE a.version < excluded.version`,
    [id, version, limit ?? null, modules ?? null, limit !== undefined],
  );
}

async function endLoginTokenSessions(tx: Transaction, accountId: string): Promise<void> {
  const where = `account_id = $3 AND kind = 'login_token'`;
  await endSessions(tx, { where, values: [accountId], reason: 'module-disabled', covered: true });
}
