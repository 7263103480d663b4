import {
  accessKeyUpdated,
  type Changes,
  fail,
  type InputOf,
  matchingRevisions,
  updateAccessKey,
} from '@valetkey/contracts';
import { Bus, type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { isUniqueViolation } from '@valetkey/persistence';
import { LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { changeLent } from '../lent/change-lent.ts';
import { hasEnded } from '../lent/has-ended.rules.ts';
import { noteChanges } from '../lent/note-changes.ts';
import { scopeExists } from '../lent/scope-exists.ts';
import { showAccessKey } from './access-key-view.ts';
import { AccessKey } from './access-key.entity.ts';

type Input = InputOf<typeof updateAccessKey>;

@Injectable()
export class UpdateAccessKeyHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly bus: Bus,
  ) {}

  @Handles(updateAccessKey)
  async update(input: Input, context: HandlerContext) {
    const { accountId, scope } = input;
    if (scope && !(await scopeExists(this.bus, accountId, scope, context))) return fail(updateAccessKey, 'not_found');
    try {
      return await this.outbox.transactional(context, async (tx) => update(tx, input, context.ifMatch));
    } catch (error) {
      if (isUniqueViolation(error, 'access_keys_name')) return fail(updateAccessKey, 'name_taken');
      throw error;
    }
  }
}

async function update(tx: Transaction, input: Input, ifMatch: string | undefined) {
  const { accountId, accessKeyId: id, expiresAt } = input;
  const { now } = tx;
  const key = await tx.em.findOne(AccessKey, { id, accountId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!key) return fail(updateAccessKey, 'not_found');
  const isStale = matchingRevisions(ifMatch)?.includes(key.revision) === false;
  if (isStale) return fail(updateAccessKey, 'precondition_failed');
  if (hasEnded(key, now)) return fail(updateAccessKey, 'token_ended');
  if (expiresAt && expiresAt <= now) return fail(updateAccessKey, 'expiry_not_future');
  const changes = noteChanges((change) => changeLent(key, input, { now, change }));
  if (changes.length > 0) await tell(tx, key, changes);
  return showAccessKey(tx, accountId, id);
}

async function tell(tx: Transaction, key: AccessKey, changes: Changes): Promise<void> {
  key.version += 1;
  key.revision += 1;
  await tx.em.flush();
  const { id, accountId, version: sequence, name } = key;
  tx.emit(accessKeyUpdated, { id, accountId, sequence, data: { name, changes } });
}
