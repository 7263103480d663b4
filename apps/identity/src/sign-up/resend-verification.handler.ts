import { type InputOf, renewVerification, resendVerification } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { HourlyLimit } from '../throttles/hourly-limit.ts';

/** Only notes the wish. Whether anybody waits with that address is looked up after the answer. */
@Injectable()
export class ResendVerificationHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly limit: HourlyLimit,
  ) {}

  @Handles(resendVerification)
  async resend({ email }: InputOf<typeof resendVerification>, context: HandlerContext) {
    return this.limit.ofClient(resendVerification.subject, context, async () =>
      this.outbox.transactional(context, async ({ order, now }) => {
        const verificationId = uuidv7({ msecs: now.getTime() });
        order(renewVerification, `verification:${verificationId}`, { email, verificationId });
        return {};
      }),
    );
  }
}
