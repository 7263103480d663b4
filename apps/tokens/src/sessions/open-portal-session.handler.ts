import { type InputOf, openPortalSession } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { findCredential } from './find-credential.ts';
import { openSession } from './open-session.ts';

@Injectable()
export class OpenPortalSessionHandler {
  constructor(private readonly outbox: Outbox) {}

  @Handles(openPortalSession)
  async open(input: InputOf<typeof openPortalSession>, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => {
      const { userId, userName, ...more } = input;
      const subject = { subjectType: 'user', subjectId: userId, subjectName: userName } as const;
      const { id, secret } = openSession(tx, { kind: 'portal', ...subject, ...more });
      return { session: await findCredential(tx.em, id, tx.now), secret };
    });
  }
}
