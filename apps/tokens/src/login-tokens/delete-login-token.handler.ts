import { deleteLoginToken, fail, type InputOf, loginTokenDeleted } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { Injectable } from '@nestjs/common';
import { endSessions } from '../sessions/end-sessions.ts';

@Injectable()
export class DeleteLoginTokenHandler {
  constructor(private readonly outbox: Outbox) {}

  @Handles(deleteLoginToken)
  async delete({ accountId, loginTokenId: id }: InputOf<typeof deleteLoginToken>, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => {
      const [token] = await sql<{ name: string; version: number }>(
        tx.em,
        'DELETE FROM login_tokens WHERE account_id = $1 AND id = $2 RETURNING name, version',
        [accountId, id],
      );
      if (!token) return fail(deleteLoginToken, 'not_found');
      tx.emit(loginTokenDeleted, { id, accountId, sequence: token.version + 1, data: { name: token.name } });
      await endSessions(tx, {
        where: 'login_token_id = $1',
        values: [id],
        reason: 'credential-deleted',
        covered: true,
      });
      return {};
    });
  }
}
