import { accessKeyCreated, createAccessKey, fail, type InputOf, type Scope } from '@valetkey/contracts';
import { Bus, type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { isUniqueViolation } from '@valetkey/persistence';
import { Injectable } from '@nestjs/common';
import { newLent } from '../lent/new-lent.ts';
import { scopeExists } from '../lent/scope-exists.ts';
import { showAccessKey } from './access-key-view.ts';
import { AccessKey } from './access-key.entity.ts';

type Input = InputOf<typeof createAccessKey>;

@Injectable()
export class CreateAccessKeyHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly bus: Bus,
  ) {}

  @Handles(createAccessKey)
  async create(input: Input, context: HandlerContext) {
    const scope = input.scope ?? { type: 'account', id: input.accountId };
    if (!(await scopeExists(this.bus, input.accountId, scope, context))) return fail(createAccessKey, 'not_found');
    try {
      return await this.outbox.transactional(context, async (tx) => make(tx, { ...input, scope }, context));
    } catch (error) {
      if (isUniqueViolation(error, 'access_keys_name')) return fail(createAccessKey, 'name_taken');
      throw error;
    }
  }
}

async function make(tx: Transaction, input: Input & { scope: Scope }, { caller }: HandlerContext) {
  const { accountId, name, role, scope, expiresAt } = input;
  if (expiresAt && expiresAt <= tx.now) return fail(createAccessKey, 'expiry_not_future');
  const { row, secret } = newLent(input, 'vkk', { now: tx.now, caller });
  await tx.em.insert(AccessKey, { ...row, status: 'active' });
  tx.emit(accessKeyCreated, { id: row.id, accountId, sequence: row.version, data: { name, role, scope } });
  return { accessKey: await showAccessKey(tx, accountId, row.id), secret };
}
