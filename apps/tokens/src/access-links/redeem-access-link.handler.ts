import {
  chooseStanding,
  type CredentialOpened,
  type EndReason,
  fail,
  Failure,
  type InputOf,
  redeemAccessLink,
} from '@valetkey/contracts';
import { Bus, type HandlerContext, Handles, insist } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { isUniqueViolation } from '@valetkey/persistence';
import { Injectable } from '@nestjs/common';
import type { Place } from '../sessions/move-session.ts';
import { LinkProofs } from './link-proofs.ts';
import { openLinkSession, type Opening } from './open-link-session.ts';
import { type ShownLink, ShownLinks } from './shown-links.ts';
import { type Redemption, undoRedemption } from './undo-redemption.ts';

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
    const place = await this.choosePlace(link, context);
    if (!place) return fail(redeemAccessLink, 'invalid_link');
    // Once tenancy has answered, since a good code is spent. Whoever gives a wrong one is nobody known.
    const refusal = await this.proofs.refuse(link, given, anonymous);
    if (refusal) return refusal;
    const opening = { link, place, forwarded, context };
    const opened = await this.outbox.transactional(context, (tx) => openLinkSession(tx, opening));
    return opened instanceof Failure ? opened : this.confirm(opening, opened);
  }

  /** Where the user themselves would stand in the account. */
  private async choosePlace(link: ShownLink, context: HandlerContext): Promise<Place | undefined> {
    const holder = { userId: link.userId, lenderId: link.editedById };
    const place = await this.bus.ask(chooseStanding, { holder, accountId: link.accountId }, context);
    const nowhere = place instanceof Failure && place.code === 'not_found';
    return nowhere ? undefined : insist(chooseStanding, place);
  }

  /** Whoever locks a user ends the sessions that there are, and one just opened may not have been there yet. */
  private async confirm({ link, context }: Pick<Opening, 'link' | 'context'>, opened: CredentialOpened) {
    const undo = (reason: EndReason) => this.undo({ link, sessionId: opened.session.id, reason }, context);
    try {
      if (!(await this.links.isLocked(link, context))) return opened;
    } catch (error) {
      // Whoever is not answered has no session either.
      await undo('signed-out');
      throw error;
    }
    await undo('user-locked');
    return fail(redeemAccessLink, 'invalid_link');
  }

  private async undo(redemption: Redemption, context: HandlerContext): Promise<void> {
    const attempt = () => this.outbox.transactional(context, (tx) => undoRedemption(tx, redemption));
    try {
      await attempt();
    } catch (error) {
      // The user was sent another link this very moment: now it can be seen.
      if (!isUniqueViolation(error, 'access_links_one')) throw error;
      await attempt();
    }
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
