import { beginPasswordReset, type InputOf, requestPasswordReset } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { HourlyLimit } from '../throttles/hourly-limit.ts';

/** Only notes the wish. Whether anybody has that address is looked up after the answer. */
@Injectable()
export class RequestPasswordResetHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly limit: HourlyLimit,
  ) {}

  @Handles(requestPasswordReset)
  async request({ email }: InputOf<typeof requestPasswordReset>, context: HandlerContext) {
    return this.limit.ofClient(requestPasswordReset.subject, context, async () =>
      this.outbox.transactional(context, async ({ order, now }) => {
        const resetId = uuidv7({ msecs: now.getTime() });
        order(beginPasswordReset, `password-reset:${resetId}`, { email, resetId });
        return {};
      }),
    );
  }
}
