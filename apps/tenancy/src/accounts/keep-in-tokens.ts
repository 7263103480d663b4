import { Failure, keepAccount } from '@valetkey/contracts';
import { Bus, type HandlerContext } from '@valetkey/messaging';
import { Logger } from '@valetkey/observability';
import { Injectable } from '@nestjs/common';
import type { Account } from './account.entity.ts';

/**
 * Has tokens keep an account's limit and modules before their change is answered, so that the next request finds them so.
 * While tokens is away nothing is lent, and it learns them from the event.
 */
@Injectable()
export class KeepInTokens {
  constructor(
    private readonly bus: Bus,
    private readonly logger: Logger,
  ) {}

  async keep(
    { id: accountId, version: sequence, tokenSessionLimit, modules }: Account,
    context: HandlerContext,
  ): Promise<void> {
    const kept = await this.bus.ask(keepAccount, { accountId, sequence, tokenSessionLimit, modules }, context);
    if (kept instanceof Failure)
      this.logger.warn({ accountId, code: kept.code }, 'tokens will learn it from the event');
  }
}
