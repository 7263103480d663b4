import { type InputOf, openPortalSession } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { openSession } from './open-session.ts';

@Injectable()
export class OpenPortalSessionHandler {
  constructor(private readonly outbox: Outbox) {}

  /** Noted as the user's act: identity has authenticated them, though they asked it as anybody. */
  @Handles(openPortalSession)
  async open({ userId: id, userName: name, ...more }: InputOf<typeof openPortalSession>, context: HandlerContext) {
    const by = { ...context, attribution: { actor: { type: 'user' as const, id } } };
    return this.outbox.transactional(by, async (tx) => {
      return openSession(tx, { kind: 'portal', subject: { type: 'user', id, name }, ...more });
    });
  }
}
