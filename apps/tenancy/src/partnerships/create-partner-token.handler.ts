import { createPartnerToken, Failure, type InputOf, partnershipTokenCreated } from '@valetkey/contracts';
import { hashSecret, makeSecret } from '@valetkey/credentials';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { type Actor, actIn } from '../access/act-in.ts';
import { partnerTokenView } from './partner-token-view.ts';
import { findPartnerships } from './partnership-rows.ts';

const LIFETIME_MS = 30 * 24 * 3_600_000;

@Injectable()
export class CreatePartnerTokenHandler {
  constructor(private readonly outbox: Outbox) {}

  @Handles(createPartnerToken)
  async create({ accountId, clientName }: InputOf<typeof createPartnerToken>, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => {
      const actor = await actIn(tx.em, createPartnerToken, context, accountId);
      if (actor instanceof Failure) return actor;
      const secret = makeSecret('vkp');
      const id = await insert(tx, actor, { clientName, secretHash: hashSecret(secret) });
      const data = { side: 'provider', accountName: actor.account.name, clientName } as const;
      tx.emit(partnershipTokenCreated, { id, accountId, sequence: 1, data });
      const [row] = await findPartnerships(tx.em, { where: 'p.id = $1', values: [id] });
      if (!row) throw new Error('A partnership just written is gone');
      return { partnerToken: partnerTokenView(row, tx.now), secret };
    });
  }
}

async function insert(
  { em, now }: Transaction,
  { userId, name, account }: Actor,
  { clientName, secretHash }: { clientName: string | undefined; secretHash: string },
): Promise<string> {
  const id = uuidv7({ msecs: now.getTime() });
  const expiresAt = new Date(now.getTime() + LIFETIME_MS);
  await sql(
    em,
    `INSERT INTO partnerships (id, provider_account_id, client_name, secret_hash, status, expires_at, version, revision,
       created_at, created_by_id, created_by_name) VALUES ($1, $2, $3, $4, 'pending', $5, 1, 1, $6, $7, $8)`,
    [id, account.id, clientName ?? null, secretHash, expiresAt, now, userId, name],
  );
  return id;
}
