import type { Role, Scope } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { v7 as uuidv7 } from 'uuid';
import type { InvitationSecret } from './invitation-mail.ts';
import { type InvitationRow, readInvitation } from './invitation-rows.ts';

interface NewInvitation {
  accountId: string;
  email: string;
  scope: Scope;
  role: Role;
  secret: InvitationSecret;
  inviter: { userId: string; name: string };
}

/** Nothing when the address has a pending one to this scope. */
export async function insertInvitation(
  { em, now }: Transaction,
  { accountId, email, scope, role, secret, inviter }: NewInvitation,
): Promise<InvitationRow | undefined> {
  const { secretHash, mailId, expiresAt } = secret;
  const [inserted] = await sql<{ id: string }>(
    em,
    `INSERT INTO invitations (id, account_id, email, scope_type, scope_id, role, status, secret_hash, mail_id, expires_at,
       created_by_id, created_by_name, version, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, 'pending', $7, $8, $9, $10, $11, 1, $12)
     ON CONFLICT (account_id, email, scope_id) WHERE status = 'pending' DO NOTHING RETURNING id`,
    [
      uuidv7({ msecs: now.getTime() }),
      accountId,
      email,
      scope.type,
      scope.id,
      role,
      secretHash,
      mailId,
      expiresAt,
      inviter.userId,
      inviter.name,
      now,
    ],
  );
  return inserted && readInvitation(em, inserted.id);
}
