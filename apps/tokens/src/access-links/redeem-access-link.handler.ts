import { chooseStanding, fail, Failure, type InputOf, redeemAccessLink } from '@valetkey/contracts';
import { Bus, type HandlerContext, Handles, insist } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { endSessions } from '../sessions/end-sessions.ts';
import type { Place } from '../sessions/move-session.ts';
import { LinkProofs } from './link-proofs.ts';
import { openLinkSession } from './open-link-session.ts';
import { type ShownLink, ShownLinks } from './shown-links.ts';

@Injectable()
export class RedeemAccessLinkHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly bus: Bus,
    private readonly links: ShownLinks,
    private readonly proofs: LinkProofs,
  ) {}

  @Handles(redeemAccessLink)
  async redeem({ token, cookie: forwarded, ...given }: InputOf<typeof redeemAccessLink>, anonymous: HandlerContext) {
    const link = await this.links.find(token, anonymous);
    if (link instanceof Failure) return link;
    const context = actingBy(link, anonymous);
    const refusal = await this.proofs.refuse(link, given, context);
    if (refusal) return refusal;
    const place = await this.choosePlace(link, context);
    if (!place) return fail(redeemAccessLink, 'invalid_link');
    const opening = { link, place, forwarded, context };
    const opened = await this.outbox.transactional(context, (tx) => openLinkSession(tx, opening));
    if (opened instanceof Failure || !(await this.links.isLocked(link, context))) return opened;
    return this.takeBack(opened.session.id, context);
  }

  /** Where the user themselves would stand in the account. */
  private async choosePlace(link: ShownLink, context: HandlerContext): Promise<Place | undefined> {
    const holder = { userId: link.userId, lenderId: link.editedById };
    const place = await this.bus.ask(chooseStanding, { holder, accountId: link.accountId }, context);
    const nowhere = place instanceof Failure && place.code === 'not_found';
    return nowhere ? undefined : insist(chooseStanding, place);
  }

  /** Whoever locks a user ends the sessions that there are, and one just opened may not have been there yet. */
  private async takeBack(sessionId: string, context: HandlerContext) {
    await this.outbox.transactional(context, (tx) =>
      endSessions(tx, { where: 'id = $1', values: [sessionId], reason: 'user-locked' }),
    );
    return fail(redeemAccessLink, 'invalid_link');
  }
}

/** The link acts, on behalf of the user whom it lets in. */
function actingBy({ id, userId }: ShownLink, context: HandlerContext): HandlerContext {
  const attribution = {
    actor: { type: 'access-link' as const, id },
    onBehalfOf: { type: 'user' as const, id: userId },
  };
  return { ...context, attribution };
}
