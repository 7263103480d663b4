import { signInBlocked } from '@valetkey/contracts';
import type { HandlerContext } from '@valetkey/messaging';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { sql, throttleKey } from '@valetkey/persistence';
import { Inject, Injectable } from '@nestjs/common';
import { IDENTITY_CONFIG, type IdentityConfig } from '../identity.config.ts';

/** In a row, from wherever they came. */
const MOST_FAILURES = 100;

/** Who is signing in: a user, or a typed address that nobody has. */
export type Claimant = { userId: string } | { address: string };

/**
 * Counts the failures in a row. Those of addresses that nobody has are counted by the same statements, though to no end,
 * so that they take as long.
 */
@Injectable()
export class FailedSignIns {
  constructor(
    private readonly outbox: Outbox,
    @Inject(IDENTITY_CONFIG) private readonly config: IdentityConfig,
  ) {}

  /** The hundredth stops a user's sign-in by password until a reset, and is told. */
  async add(claimant: Claimant, context: HandlerContext): Promise<void> {
    await this.outbox.transactional(context, async (tx) => {
      const ofUser = 'userId' in claimant;
      const [row] = await sql<{ in_a_row: number }>(
        tx.em,
        `INSERT INTO failed_sign_ins AS f (key, of_user, in_a_row, last_at) VALUES ($1, $2, 1, $3)
         ON CONFLICT (key) DO UPDATE SET in_a_row = f.in_a_row + 1, last_at = excluded.last_at
         RETURNING in_a_row`,
        [this.keyOf(claimant), ofUser, tx.now],
      );
      if (ofUser && row?.in_a_row === MOST_FAILURES) await tellBlocked(tx, claimant.userId);
    });
  }

  /** Ends the row of failures, unless it is too long already: false then. */
  async forgive(userId: string, context: HandlerContext): Promise<boolean> {
    return this.outbox.transactional(context, async ({ em }) => {
      const key = this.keyOf({ userId });
      await sql(em, 'DELETE FROM failed_sign_ins WHERE key = $1 AND in_a_row < $2', [key, MOST_FAILURES]);
      return (await sql(em, 'SELECT 1 FROM failed_sign_ins WHERE key = $1', [key])).length === 0;
    });
  }

  /** Ends the row of failures however long it is: who has reset the password may sign in again. */
  async forget({ em }: Transaction, userId: string): Promise<void> {
    await sql(em, 'DELETE FROM failed_sign_ins WHERE key = $1', [this.keyOf({ userId })]);
  }

  private keyOf(claimant: Claimant): string {
    const parts = 'userId' in claimant ? ['user', claimant.userId] : ['address', claimant.address];
    return throttleKey(this.config.DIGEST_KEY, 'failed-sign-ins', ...parts);
  }
}

async function tellBlocked({ em, emit }: Transaction, id: string): Promise<void> {
  const text = 'UPDATE users SET version = version + 1 WHERE id = $1 RETURNING version';
  const [user] = await sql<{ version: number }>(em, text, [id]);
  if (user) emit(signInBlocked, { id, sequence: user.version, data: { failures: MOST_FAILURES } });
}
