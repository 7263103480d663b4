import { decryptAtRest, encryptAtRest } from '@valetkey/credentials';
import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable } from '@nestjs/common';
import { IDENTITY_CONFIG, type IdentityConfig } from '../identity.config.ts';

/** The secrets that users share with their authenticators: encrypted, each for its user alone. */
@Injectable()
export class TwoFactorSecrets {
  constructor(@Inject(IDENTITY_CONFIG) private readonly config: IdentityConfig) {}

  /** Keeps the secret of an enrolment in place of an unfinished one's; false when two-factor is on. */
  async keep(em: EntityManager, userId: string, secret: string, now: Date): Promise<boolean> {
    const encrypted = await encryptAtRest(this.config.TWO_FACTOR_KEY, userId, secret);
    const kept = await sql(
      em,
      `INSERT INTO two_factors AS t (user_id, secret, last_step, created_at) VALUES ($1, $2, 0, $3)
       ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, created_at = excluded.created_at
        WHERE t.enabled_at IS NULL
       RETURNING user_id`,
      [userId, encrypted, now],
    );
    return kept.length > 0;
  }

  /** In base32; of an unfinished enrolment too. */
  async ofUser(em: EntityManager, userId: string): Promise<string | undefined> {
    const [row] = await sql<{ secret: string }>(em, 'SELECT secret FROM two_factors WHERE user_id = $1', [userId]);
    return row && decryptAtRest(this.config.TWO_FACTOR_KEY, userId, row.secret);
  }
}
