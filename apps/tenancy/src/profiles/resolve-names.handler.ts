import { type InputOf, resolveNames } from '@valetkey/contracts';
import { Handles } from '@valetkey/messaging';
import { sql } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

@Injectable()
export class ResolveNamesHandler {
  constructor(private readonly em: EntityManager) {}

  @Handles(resolveNames)
  async resolve({ userIds }: InputOf<typeof resolveNames>) {
    const rows = await sql<{ user_id: string; name: string }>(
      this.em.fork(),
      'SELECT user_id, name FROM profiles WHERE user_id = ANY($1::uuid[])',
      [userIds],
    );
    return { names: Object.fromEntries(rows.map(({ user_id: id, name }) => [id, name])) };
  }
}
