import { Failure, keepAccount } from '@valetkey/contracts';
import { Bus, type HandlerContext } from '@valetkey/messaging';
import { Logger } from '@valetkey/observability';
import { Injectable } from '@nestjs/common';
import type { Account } from './account.entity.ts';

/**
 * Has tokens keep what it needs of an account before a change is answered, so that the next request finds it so: limit,
 * modules, how long portal sessions live, whether it was deleted. While tokens is away nothing is lent, and it learns them
 * from the event.
 */
@Injectable()
export class KeepInTokens {
  constructor(
    private readonly bus: Bus,
    private readonly logger: Logger,
  ) {}

  async keep(account: Account, context: HandlerContext): Promise<void> {
    const { id: accountId, version: sequence, tokenSessionLimit, modules, portalIdleMinutes, portalMaxHours } = account;
    const lengths = { portalIdleMinutes, portalMaxHours };
    const facts = { tokenSessionLimit, modules, ...lengths, deleted: account.deletedAt !== null };
    const kept = await this.bus.ask(keepAccount, { accountId, sequence, ...facts }, context);
    if (kept instanceof Failure)
      this.logger.warn({ accountId, code: kept.code }, 'tokens will learn it from the event');
  }
}
