import type { SecondFactor } from '@valetkey/contracts';
import { digest, hashSecret, makeSecret } from '@valetkey/credentials';
import { Clock } from '@valetkey/observability';
import { sql } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable } from '@nestjs/common';
import { IDENTITY_CONFIG, type IdentityConfig } from '../identity.config.ts';
import type { Owner } from '../users/find-owner.ts';

const LIFE_MS = 3 * 60_000;
const TRIES = 5;

/** A sign-in between its steps. */
export interface Challenge {
  hash: string;
  userId: string;
  /** The user’s at the first step. */
  epoch: number;
  /** The first step asked for cookies. */
  byCookie: boolean;
}

export interface FoundChallenge extends Challenge {
  isLive: boolean;
}

/** Good for a try at this time: not expired, used up, or about to open a session; nor issued before an epoch that is over. */
const live = `c.expires_at > $2 AND c.tries < ${TRIES} AND NOT c.is_opening
  AND c.epoch = (SELECT epoch FROM users u WHERE u.id = c.user_id)`;

/**
 * What stands between the two steps of a sign-in: three minutes, five tries, one session. A right code proves it; a fault of
 * ours before the session is open leaves it proven, so that the same code leads on when it is given again.
 */
@Injectable()
export class Challenges {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    @Inject(IDENTITY_CONFIG) private readonly config: IdentityConfig,
  ) {}

  /** To who knows the password of a user with two-factor on, and to nobody else: a secret of which the hash is kept. */
  async issue({ id, epoch }: Owner, byCookie = false): Promise<string | undefined> {
    const secret = makeSecret('vkc');
    const issued = await sql(
      this.em.fork(),
      `INSERT INTO sign_in_challenges (secret_hash, user_id, epoch, by_cookie, expires_at)
       SELECT $1, user_id, $3, $4, $5 FROM two_factors WHERE user_id = $2 AND enabled_at IS NOT NULL FOR KEY SHARE
       RETURNING user_id`,
      [hashSecret(secret), id, epoch, byCookie, new Date(this.clock.now().getTime() + LIFE_MS)],
    );
    return issued.length > 0 ? secret : undefined;
  }

  /** By its well-formed secret, be it good for a try still or not; nothing when there is none, or none any more. */
  async find(secret: string): Promise<FoundChallenge | undefined> {
    const hash = hashSecret(secret);
    const [row] = await sql<{ user_id: string; epoch: number; by_cookie: boolean; is_live: boolean }>(
      this.em.fork(),
      `SELECT user_id, epoch, by_cookie, ${live} AS is_live FROM sign_in_challenges c WHERE secret_hash = $1`,
      [hash, this.clock.now()],
    );
    return row && { hash, userId: row.user_id, epoch: row.epoch, byCookie: row.by_cookie, isLive: row.is_live };
  }

  /** Counts a try before it is judged, in a statement of its own; false when there is none left. */
  async take({ hash }: Challenge): Promise<boolean> {
    const text = `UPDATE sign_in_challenges c SET tries = tries + 1 WHERE secret_hash = $1 AND ${live} RETURNING tries`;
    return (await sql(this.em.fork(), text, [hash, this.clock.now()])).length > 0;
  }

  /** For a try that a fault of ours spoilt. */
  async giveBack({ hash }: Challenge): Promise<void> {
    await sql(this.em.fork(), 'UPDATE sign_in_challenges SET tries = tries - 1 WHERE secret_hash = $1', [hash]);
  }

  /** Takes it for the opening of its one session. Whether this factor proved it before; nothing when others were faster. */
  async claim(
    em: EntityManager,
    { hash }: Challenge,
    factor: SecondFactor,
  ): Promise<{ isProven: boolean } | undefined> {
    const [row] = await sql<{ is_proven: boolean }>(
      em,
      `UPDATE sign_in_challenges c SET is_opening = true, proven_by = $2
         FROM sign_in_challenges before
        WHERE c.secret_hash = $1 AND before.secret_hash = $1 AND NOT c.is_opening
       RETURNING before.proven_by IS NOT DISTINCT FROM $2 AS is_proven`,
      [hash, this.digestOf(hash, factor)],
    );
    return row && { isProven: row.is_proven };
  }

  /** After a fault of ours while the session was to be opened: the one who claimed it may come again. */
  async release({ hash }: Challenge): Promise<void> {
    const text = 'UPDATE sign_in_challenges SET is_opening = false, tries = tries - 1 WHERE secret_hash = $1';
    await sql(this.em.fork(), text, [hash]);
  }

  /** Its session is open. */
  async close({ hash }: Challenge): Promise<void> {
    await sql(this.em.fork(), 'DELETE FROM sign_in_challenges WHERE secret_hash = $1', [hash]);
  }

  private digestOf(hash: string, { code, recoveryCode }: SecondFactor): string {
    return digest(this.config.DIGEST_KEY, JSON.stringify(['proven', hash, code ?? null, recoveryCode ?? null]));
  }
}
