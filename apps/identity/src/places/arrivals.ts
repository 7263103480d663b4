import { signedInFromNewPlace } from '@valetkey/contracts';
import { digest } from '@valetkey/credentials';
import type { HandlerContext } from '@valetkey/messaging';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { neighbourhoodOf, sql } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable } from '@nestjs/common';
import { IDENTITY_CONFIG, type IdentityConfig } from '../identity.config.ts';
import { type Ending, UserSessions } from '../neighbours/user-sessions.ts';
import type { Owner } from '../users/find-owner.ts';
import { deviceOf } from './device-of.ts';

/** What there is to do once a session is open. */
@Injectable()
export class Arrivals {
  constructor(
    private readonly em: EntityManager,
    private readonly outbox: Outbox,
    private readonly sessions: UserSessions,
    @Inject(IDENTITY_CONFIG) private readonly config: IdentityConfig,
  ) {}

  /**
   * Tells of a user who arrives from a new place. False when what let them in was good no more by the time their session
   * was open: it is closed again then, for whoever locked them or set the password may have looked for it too early.
   */
  async note(user: Pick<Owner, 'id' | 'epoch'>, context: HandlerContext): Promise<boolean> {
    const reason = await this.whyNoMore(user);
    if (reason) {
      await this.sessions.end({ userId: user.id, reason }, context);
      return false;
    }
    await this.outbox.transactional(context, async (tx) => this.remember(tx, user.id, context));
    return true;
  }

  private async whyNoMore({ id, epoch }: Pick<Owner, 'id' | 'epoch'>): Promise<Ending['reason'] | undefined> {
    const statement = 'SELECT epoch, locked_at IS NOT NULL AS locked FROM users WHERE id = $1';
    const [user] = await sql<{ epoch: number; locked: boolean }>(this.em.fork(), statement, [id]);
    if (user?.epoch === epoch) return undefined;
    return user?.locked ? 'user-locked' : 'password-changed';
  }

  private async remember(tx: Transaction, userId: string, { address, userAgent }: HandlerContext): Promise<void> {
    const device = deviceOf(userAgent);
    const place = digest(this.config.DIGEST_KEY, JSON.stringify(['place', userId, neighbourhoodOf(address), device]));
    const [kept] = await sql<{ is_new: boolean }>(
      tx.em,
      `INSERT INTO known_places AS k (user_id, place, last_at) VALUES ($1, $2, $3)
       ON CONFLICT (user_id, place) DO UPDATE SET last_at = excluded.last_at
       RETURNING k.xmax = 0 AS is_new`,
      [userId, place, tx.now],
    );
    if (!kept?.is_new || (await isFirst(tx, userId))) return;
    const growing = 'UPDATE users SET version = version + 1 WHERE id = $1 RETURNING version';
    const [user] = await sql<{ version: number }>(tx.em, growing, [userId]);
    if (!user) return;
    const data = { address: address ?? 'unknown', device };
    tx.emit(signedInFromNewPlace, { id: userId, sequence: user.version, data });
  }
}

/** Nobody is warned of their very first sign-in, but of one from a place that was forgotten they are. */
async function isFirst({ em }: Transaction, userId: string): Promise<boolean> {
  const statement = 'UPDATE users SET has_signed_in = true WHERE id = $1 AND NOT has_signed_in RETURNING id';
  return (await sql(em, statement, [userId])).length > 0;
}
