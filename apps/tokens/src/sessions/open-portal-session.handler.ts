import { type InputOf, openPortalSession } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { holdAccount } from '../accounts/account-row.ts';
import { openSession } from './open-session.ts';
import { portalLifetime } from './session.rules.ts';

@Injectable()
export class OpenPortalSessionHandler {
  constructor(private readonly outbox: Outbox) {}

  /** Noted as the user's act: identity has authenticated them, though they asked it as anybody. */
  @Handles(openPortalSession)
  async open(input: InputOf<typeof openPortalSession>, context: HandlerContext) {
    const { userId: id, userName: name, accountId, organizationId, ...more } = input;
    const by = { ...context, attribution: { actor: { type: 'user' as const, id } } };
    return this.outbox.transactional(by, async (tx) => {
      const standing = accountId === undefined ? {} : await standIn(tx, { accountId, organizationId });
      return openSession(tx, { kind: 'portal', subject: { type: 'user', id, name }, ...standing, ...more });
    });
  }
}

/** An account deleted since it was chosen is none to stand in. */
async function standIn({ em }: Transaction, place: { accountId: string; organizationId?: string }) {
  const account = await holdAccount(em, place.accountId);
  return account.deleted ? {} : { ...place, lifetime: portalLifetime(account) };
}
