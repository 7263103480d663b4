import { type InputOf, revokeCredential } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { endSessions } from './end-sessions.ts';

/** RFC 7009 §2.2: a token that is unknown, or was revoked before, is answered like one that was live. */
@Injectable()
export class RevokeCredentialHandler {
  constructor(private readonly outbox: Outbox) {}

  @Handles(revokeCredential)
  async revoke({ hash, resourceServerId }: InputOf<typeof revokeCredential>, context: HandlerContext) {
    const by = { ...context, attribution: { actor: { type: 'resource-server' as const, id: resourceServerId } } };
    return this.outbox.transactional(by, async (tx) => {
      await endSessions(tx, { where: 'secret_hash = $1', values: [hash], reason: 'signed-out' });
      return {};
    });
  }
}
