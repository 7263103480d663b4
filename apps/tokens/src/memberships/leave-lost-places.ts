import { chooseStanding, Failure } from '@valetkey/contracts';
import type { Bus, HandlerContext } from '@valetkey/messaging';
import type { Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { lockPlacesOf } from '../sessions/places-of-user.ts';
import { takeOutOfAccount } from '../sessions/take-out-of-account.ts';
import { takeOutOfOrganization } from '../sessions/take-out-of-organization.ts';

export interface Member {
  userId: string;
  accountId: string;
}

/** How tenancy is asked. */
export interface Asking {
  bus: Bus;
  context: HandlerContext;
}

/**
 * Takes a user's portal sessions out of the account, or all out of its organizations, where tenancy lets them stand no more.
 * What it says now decides, and not what the event said when it was told: an event that comes late throws nobody out who
 * has become a member again.
 */
export async function leaveLostPlaces(tx: Transaction, member: Member, tenancy: Asking): Promise<void> {
  const organizations = await lockSessions(tx, member);
  if (organizations.size === 0) return;
  if (!(await reaches(member, null, tenancy))) {
    const where = `subject_type = 'user' AND subject_id = $1 AND account_id = $2`;
    return takeOutOfAccount(tx, { where, values: [member.userId, member.accountId] });
  }
  for (const organizationId of organizations)
    if (organizationId && !(await reaches(member, organizationId, tenancy)))
      await takeOutOfOrganization(tx, { ...member, organizationId });
}

async function reaches(
  { userId, accountId }: Member,
  organizationId: string | null,
  { bus, context }: Asking,
): Promise<boolean> {
  const asked = { holder: { userId }, accountId, organizationId, staying: true };
  const place = await bus.ask(chooseStanding, asked, context);
  if (!(place instanceof Failure)) return true;
  if (place.code === 'not_found') return false;
  throw new Error(`tenancy cannot say where a user may stand: ${place.code}`);
}

/**
 * The organizations, or none, of the account in which the user's sessions stand. All their sessions are locked, wherever
 * they stand, and those that sign-ins are about to open are waited for: one that is about to enter has entered by then, or
 * asks tenancy after us.
 */
async function lockSessions({ em }: Transaction, { userId, accountId }: Member): Promise<Set<string | null>> {
  await lockPlacesOf(em, userId);
  const sessions = await sql<{ accountId: string | null; organizationId: string | null }>(
    em,
    `SELECT account_id AS "accountId", organization_id AS "organizationId" FROM sessions
      WHERE subject_type = 'user' AND subject_id = $1 AND ended_at IS NULL ORDER BY id FOR UPDATE`,
    [userId],
  );
  const here = sessions.filter((session) => session.accountId === accountId);
  return new Set(here.map(({ organizationId }) => organizationId));
}
