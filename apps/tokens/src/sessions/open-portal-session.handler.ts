import { chooseStanding, Failure, type InputOf, openPortalSession } from '@valetkey/contracts';
import { Bus, type HandlerContext, Handles, insist } from '@valetkey/messaging';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { holdAccount } from '../accounts/account-row.ts';
import type { Place } from './move-session.ts';
import { openSession } from './open-session.ts';
import { holdPlacesOf } from './places-of-user.ts';
import { portalLifetime } from './session.rules.ts';

@Injectable()
export class OpenPortalSessionHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly bus: Bus,
  ) {}

  /** Noted as the user's act: identity has authenticated them, though they asked it as anybody. */
  @Handles(openPortalSession)
  async open(input: InputOf<typeof openPortalSession>, context: HandlerContext) {
    const { userId: id, userName: name, accountId, organizationId, ...more } = input;
    const by = { ...context, attribution: { actor: { type: 'user' as const, id } } };
    return this.outbox.transactional(by, async (tx) => {
      const standing = accountId === undefined ? {} : await this.standIn(tx, id, { accountId, organizationId }, by);
      return openSession(tx, { kind: 'portal', subject: { type: 'user', id, name }, ...standing, ...more });
    });
  }

  /**
   * An account deleted since it was chosen, or one that the user has lost, is none to stand in. Tenancy is asked once more while
   * the account and the user's places are held: whoever takes the user out of there sees the session, or was told of before.
   */
  private async standIn({ em }: Transaction, userId: string, chosen: Place, context: HandlerContext) {
    await holdPlacesOf(em, userId);
    const account = await holdAccount(em, chosen.accountId);
    if (account.deleted) return {};
    const place = await this.bus.ask(chooseStanding, { holder: { userId }, ...chosen }, context);
    if (place instanceof Failure && place.code === 'not_found') return {};
    return { ...insist(chooseStanding, place), lifetime: portalLifetime(account) };
  }
}
