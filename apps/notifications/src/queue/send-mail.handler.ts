import { type InputOf, sendMail } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Injectable } from '@nestjs/common';
import { Doorbell } from './doorbell.ts';
import { MailQueue } from './mail-queue.ts';

@Injectable()
export class SendMailHandler {
  constructor(
    private readonly queue: MailQueue,
    private readonly doorbell: Doorbell,
  ) {}

  @Handles(sendMail)
  async send(order: InputOf<typeof sendMail>, context: HandlerContext) {
    await this.queue.add(order, context);
    this.doorbell.ring();
    return {};
  }
}
