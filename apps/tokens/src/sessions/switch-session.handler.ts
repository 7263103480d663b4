import {
  chooseStanding,
  fail,
  Failure,
  type Grant,
  type InputOf,
  type Standing,
  switchSession,
} from '@valetkey/contracts';
import { Bus, EarlyAnswer, type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { type AccountRow, holdAccount } from '../accounts/account-row.ts';
import { findCredential } from './find-credential.ts';
import { liveBy, moveSession, type Place } from './move-session.ts';
import { Session } from './session.entity.ts';
import { after, portalLifetime } from './session.rules.ts';

type To = InputOf<typeof switchSession>;

@Injectable()
export class SwitchSessionHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly bus: Bus,
  ) {}

  @Handles(switchSession)
  async switch(to: To, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => {
      const id = context.caller?.sessionId;
      const accountId = to.accountId ?? (id && (await accountOf(tx.em, id)));
      if (!id || !accountId) return fail(switchSession, 'not_found');
      // The account before the session, as whoever deletes an account takes them.
      const account = await holdAccount(tx.em, accountId);
      const session = await lockSession(tx, id);
      if (!session || account.deleted || !mayMove(session, to, accountId)) return fail(switchSession, 'not_found');
      const place = await this.choose(to, { session, accountId }, context);
      if (!place) return fail(switchSession, 'not_found');
      if (session.kind === 'portal' && !stays(tx, session, account)) return fail(switchSession, 'sign_in_again');
      moveSession(tx, session, place);
      return (await findCredential(tx.em, session.id, tx.now)) ?? fail(switchSession, 'not_found');
    });
  }

  /** Asked while the session is locked, so that it enters nowhere behind the back of whoever takes its user out of there. */
  private async choose(
    { organizationId }: To,
    { session, accountId }: { session: Session; accountId: string },
    context: HandlerContext,
  ): Promise<Place | undefined> {
    const holder = holderOf(session, context.caller?.grants[0]);
    if (!holder) return undefined;
    const asked = { holder, accountId, organizationId, staying: session.accountId === accountId };
    const place = await this.bus.ask(chooseStanding, asked, context);
    if (!(place instanceof Failure)) return place;
    if (place.code === 'not_found') return undefined;
    throw new EarlyAnswer(place);
  }
}

/** A link's session stands where whoever lent it may still lend it; a login token's has the one grant of its caller. */
function holderOf(
  { subjectType, subjectId, lenderId }: Session,
  grant: Grant | undefined,
): Standing['holder'] | undefined {
  if (subjectType === 'user') return { userId: subjectId, ...(lenderId && { lenderId }) };
  return grant && { grant };
}

async function accountOf(em: EntityManager, id: string): Promise<string | undefined> {
  const statement = 'SELECT account_id AS "accountId" FROM sessions WHERE id = $1 AND ended_at IS NULL';
  const [session] = await sql<{ accountId: string | null }>(em, statement, [id]);
  return session?.accountId ?? undefined;
}

/** The session, while it is live. */
async function lockSession({ em, now }: Transaction, id: string): Promise<Session | undefined> {
  const session = await em.findOne(Session, { id, endedAt: null }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  return session && (await findCredential(em, id, now)) ? session : undefined;
}

/**
 * Only a portal session may change its account: what is lent stays where it was lent. An organization alone is one of
 * the account where the session stood when it was asked: another switch may have come first.
 */
function mayMove({ kind, accountId }: Session, to: To, wanted: string): boolean {
  return accountId === wanted || (kind === 'portal' && to.accountId !== undefined);
}

/** By the account's policy; false for a sign-in too long ago for it. */
function stays({ now }: Transaction, session: Session, account: AccountRow): boolean {
  const lifetime = portalLifetime(account);
  if (after(session.createdAt, lifetime.absolute) <= now) return false;
  liveBy(lifetime, session, now);
  return true;
}
