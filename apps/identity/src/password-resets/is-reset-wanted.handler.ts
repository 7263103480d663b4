import { type InputOf, isResetWanted } from '@valetkey/contracts';
import { Handles } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import { sql } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

@Injectable()
export class IsResetWantedHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  @Handles(isResetWanted)
  async isWanted({ resetId }: InputOf<typeof isResetWanted>) {
    const statement = 'SELECT 1 FROM password_resets WHERE reset_id = $1 AND expires_at > $2';
    const rows = await sql(this.em.fork(), statement, [resetId, this.clock.now()]);
    return { wanted: rows.length > 0 };
  }
}
