import type { Command } from '../command.ts';
import { camelOf, pascalOf, tableOf, verbOf } from '../names.ts';

export function handlerOf({ entity, name }: Command): string {
  const [contract, id] = [camelOf(name), `${camelOf(entity)}Id`];
  return `import { fail, type InputOf, ${contract} } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import { Injectable } from '@nestjs/common';

@Injectable()
export class ${pascalOf(name)}Handler {
  constructor(private readonly outbox: Outbox) {}

  @Handles(${contract})
  async ${camelOf(verbOf(name, entity))}({ accountId, ${id} }: InputOf<typeof ${contract}>, context: HandlerContext) {
    return this.outbox.transactional(context, async ({ em }) => {
      const [changed] = await sql<{ version: number }>(
        em,
        'UPDATE ${tableOf(entity)} SET version = version + 1 WHERE account_id = $1 AND id = $2 RETURNING version',
        [accountId, ${id}],
      );
      if (!changed) return fail(${contract}, 'not_found');
      // Tell it: emit(…, { id: ${id}, accountId, sequence: changed.version, data: { … } })
      return {};
    });
  }
}
`;
}
