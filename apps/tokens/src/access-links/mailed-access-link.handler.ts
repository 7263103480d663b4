import { fail, findLinkOfMail, type InputOf, isAccessLinkWanted } from '@valetkey/contracts';
import { Handles } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import { sql, type SqlValue } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

interface MailedLink {
  accessLinkId: string;
  accountId: string;
  userName: string;
  editorId: string;
}

/** One that its mail can still open, now or once its module is on again; `$1` is the time. */
const living = `SELECT k.id AS "accessLinkId", k.account_id AS "accountId", k.user_name AS "userName",
    k.edited_by_id AS "editorId"
  FROM access_links k WHERE k.status = 'live' AND k.expires_at > $1
    AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.id = k.account_id AND a.deleted)`;

@Injectable()
export class MailedAccessLinkHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  @Handles(isAccessLinkWanted)
  async isWanted({ accessLinkId, secretNumber }: InputOf<typeof isAccessLinkWanted>) {
    const link = await this.find('k.id = $2 AND k.secret_number = $3', accessLinkId, secretNumber);
    return { wanted: link !== undefined };
  }

  @Handles(findLinkOfMail)
  async findOfMail({ mailId }: InputOf<typeof findLinkOfMail>) {
    return (await this.find('k.mail_id = $2', mailId)) ?? fail(findLinkOfMail, 'not_found');
  }

  private async find(condition: string, ...values: SqlValue[]): Promise<MailedLink | undefined> {
    const now = this.clock.now();
    const [link] = await sql<MailedLink>(this.em.fork(), `${living} AND ${condition}`, [now, ...values]);
    return link;
  }
}
