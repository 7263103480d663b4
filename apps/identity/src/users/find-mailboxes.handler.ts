import { findMailboxes, type InputOf } from '@valetkey/contracts';
import { Handles } from '@valetkey/messaging';
import { sql } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Locale } from '@valetkey/contracts';

interface Row {
  id: string;
  name: string;
  locale: string;
  primary_email: string;
  verified_emails: string[];
}

@Injectable()
export class FindMailboxesHandler {
  constructor(private readonly em: EntityManager) {}

  @Handles(findMailboxes)
  async find({ userIds }: InputOf<typeof findMailboxes>) {
    const rows = await sql<Row>(
      this.em.fork(),
      `SELECT u.id, u.name, u.locale, max(e.address) FILTER (WHERE e.is_primary) AS primary_email,
              array_agg(e.address ORDER BY e.id) AS verified_emails
         FROM users u JOIN emails e ON e.user_id = u.id AND e.verified_at IS NOT NULL
        WHERE u.id = ANY($1::uuid[]) GROUP BY u.id`,
      [userIds],
    );
    return {
      users: rows.map(({ id: userId, name, locale, primary_email: primaryEmail, verified_emails: verifiedEmails }) => ({
        userId,
        name,
        locale: Locale.parse(locale),
        primaryEmail,
        verifiedEmails,
      })),
    };
  }
}
