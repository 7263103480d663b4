import { checkLinkRecipient, type InputOf, Locale } from '@valetkey/contracts';
import { Handles } from '@valetkey/messaging';
import { sql } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

interface Row {
  email: string | null;
  locale: string;
  locked: boolean;
  two_factor: boolean;
}

const nobody = { email: null, locale: 'en', locked: false, twoFactor: false } as const;

@Injectable()
export class CheckLinkRecipientHandler {
  constructor(private readonly em: EntityManager) {}

  @Handles(checkLinkRecipient)
  async check({ userId, emailId, lenderId }: InputOf<typeof checkLinkRecipient>) {
    const [row] = await sql<Row>(
      this.em.fork(),
      `SELECT e.address AS email, u.locale, u.locked_at IS NOT NULL OR EXISTS (
                SELECT FROM users lender WHERE lender.id = $3 AND lender.locked_at IS NOT NULL) AS locked, f.user_id IS NOT NULL AS two_factor
         FROM users u
         LEFT JOIN emails e ON e.user_id = u.id AND e.id = $2 AND e.verified_at IS NOT NULL
         LEFT JOIN two_factors f ON f.user_id = u.id AND f.enabled_at IS NOT NULL
        WHERE u.id = $1`,
      [userId, emailId, lenderId ?? null],
    );
    if (!row) return nobody;
    const { email, locale, locked, two_factor: twoFactor } = row;
    return { email, locale: Locale.parse(locale), locked, twoFactor };
  }
}
