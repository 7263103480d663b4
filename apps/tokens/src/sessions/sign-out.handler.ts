import { type InputOf, signOut } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { endSessions } from './end-sessions.ts';

@Injectable()
export class SignOutHandler {
  constructor(private readonly outbox: Outbox) {}

  @Handles(signOut)
  async signOut(_input: InputOf<typeof signOut>, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => {
      await endSessions(tx, { where: 'id = $1', values: [context.caller?.sessionId ?? null], reason: 'signed-out' });
      return {};
    });
  }
}
