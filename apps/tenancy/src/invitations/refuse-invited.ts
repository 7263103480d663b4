import { Failure } from '@valetkey/contracts';
import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

interface Invited {
  email: string;
  scopeId: string;
  /** The inviter's verified addresses. */
  ownEmails: readonly string[];
}

/**
 * Whom nobody invites: oneself, and who has a role in the scope already. Of others only primary addresses are known here;
 * what hides behind another one, acceptance finds out.
 */
export async function refuseInvited(
  em: EntityManager,
  { email, scopeId, ownEmails }: Invited,
): Promise<Failure<'own_role' | 'already_member'> | undefined> {
  if (ownEmails.includes(email)) return new Failure('own_role', { detail: 'This is your own.' });
  const members = await sql(
    em,
    `SELECT 1 FROM profiles p JOIN memberships m ON m.user_id = p.user_id AND m.scope_id = $2
      WHERE p.primary_email = $1`,
    [email, scopeId],
  );
  return members.length > 0 ? new Failure('already_member') : undefined;
}
