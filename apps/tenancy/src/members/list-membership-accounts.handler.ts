import { type InputOf, listMembershipAccounts } from '@valetkey/contracts';
import { Handles } from '@valetkey/messaging';
import { sql } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

@Injectable()
export class ListMembershipAccountsHandler {
  constructor(private readonly em: EntityManager) {}

  /** By name, without those that were deleted. */
  @Handles(listMembershipAccounts)
  async list({ userId }: InputOf<typeof listMembershipAccounts>) {
    const accounts = await sql<{ id: string; name: string }>(
      this.em.fork(),
      `SELECT id, name FROM accounts WHERE deleted_at IS NULL
          AND id IN (SELECT account_id FROM memberships WHERE user_id = $1) ORDER BY name, id`,
      [userId],
    );
    return { accounts };
  }
}
