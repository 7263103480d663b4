import { chooseStanding, type CredentialOpened, Failure, openPortalSession } from '@valetkey/contracts';
import { Bus, type HandlerContext, insist } from '@valetkey/messaging';
import { Inject, Injectable } from '@nestjs/common';
import { IDENTITY_CONFIG, type IdentityConfig } from '../identity.config.ts';
import { Arrivals } from '../places/arrivals.ts';
import { actingAs } from '../users/acting-as.ts';
import type { Owner } from '../users/find-owner.ts';

const UNKNOWN = 'unknown';

/** Opens sessions for users who have proved who they are, with all that it takes. */
@Injectable()
export class PortalSessions {
  constructor(
    private readonly bus: Bus,
    private readonly arrivals: Arrivals,
    @Inject(IDENTITY_CONFIG) private readonly config: IdentityConfig,
  ) {}

  /**
   * Nothing when the user was locked or got a new password since they were looked up. Who is a member nowhere signs in
   * all the same, and stands in no account.
   */
  async open(user: Owner, context: HandlerContext, forwarded?: boolean): Promise<CredentialOpened | undefined> {
    const acting = actingAs(user.id, context);
    const standing = await this.bus.ask(chooseStanding, { holder: { userId: user.id } }, acting);
    const nowhere = standing instanceof Failure && standing.code === 'not_found';
    const place = nowhere ? undefined : insist(chooseStanding, standing);
    const where = { accountId: place?.accountId, organizationId: place?.organizationId };
    const { address = UNKNOWN, userAgent = UNKNOWN } = context;
    const operator = user.primaryEmail === this.config.OPERATOR_EMAIL;
    const opening = { userId: user.id, userName: user.name, operator, ...where, address, userAgent, forwarded };
    const opened = insist(openPortalSession, await this.bus.ask(openPortalSession, opening, acting));
    return (await this.arrivals.note(user, acting)) ? opened : undefined;
  }
}
