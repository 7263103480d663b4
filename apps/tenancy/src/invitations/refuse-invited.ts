import { Failure } from '@valetkey/contracts';
import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * Whom nobody invites: oneself, and who has a role in the scope already. Only primary addresses are known here; what
 * hides behind another one, acceptance finds out.
 */
export async function refuseInvited(
  em: EntityManager,
  { email, scopeId, inviterId }: { email: string; scopeId: string; inviterId: string },
): Promise<Failure<'own_role' | 'already_member'> | undefined> {
  const users = await sql<{ userId: string; isMember: boolean }>(
    em,
    `SELECT user_id AS "userId", EXISTS (SELECT 1 FROM memberships m
        WHERE m.user_id = p.user_id AND m.scope_id = $2) AS "isMember"
       FROM profiles p WHERE primary_email = $1`,
    [email, scopeId],
  );
  if (users.some(({ userId }) => userId === inviterId)) return new Failure('own_role', { detail: 'This is your own.' });
  return users.some(({ isMember }) => isMember) ? new Failure('already_member') : undefined;
}
