import { accessKeyRotated, fail, type InputOf, rotateAccessKey } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { hasEnded } from '../lent/has-ended.rules.ts';
import { replaceSecret } from '../lent/replace-secret.ts';
import { showAccessKey } from './access-key-view.ts';
import { AccessKey } from './access-key.entity.ts';

@Injectable()
export class RotateAccessKeyHandler {
  constructor(private readonly outbox: Outbox) {}

  @Handles(rotateAccessKey)
  async rotate({ accountId, accessKeyId: id, graceSeconds }: InputOf<typeof rotateAccessKey>, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => {
      const key = await tx.em.findOne(AccessKey, { id, accountId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!key) return fail(rotateAccessKey, 'not_found');
      if (hasEnded(key, tx.now)) return fail(rotateAccessKey, 'not_rotatable');
      const secret = replaceSecret(key, 'vkk', { now: tx.now, graceSeconds });
      await tx.em.flush();
      tell(tx, key);
      return { accessKey: await showAccessKey(tx, accountId, id), secret };
    });
  }
}

/** Nothing is to be done when the grace ends: until then, and no longer, the old secret is looked up as a live one. */
function tell(tx: Transaction, { id, accountId, version: sequence, name, previousSecretEndsAt }: AccessKey): void {
  const graceEndsAt = previousSecretEndsAt?.toISOString();
  tx.emit(accessKeyRotated, { id, accountId, sequence, data: { name, graceEndsAt } });
}
