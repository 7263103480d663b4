import { isAddressAllowed } from '@valetkey/access-guard';
import { fail, Failure, type InputOf, loginTokenRedeemed, redeemLoginToken } from '@valetkey/contracts';
import { checkSecret, hashSecret } from '@valetkey/credentials';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { holdAccount, lendsBy } from '../accounts/account-row.ts';
import { hasRoomFor } from '../accounts/session-room.ts';
import { openSession } from '../sessions/open-session.ts';
import { type ClaimedToken, claimLoginToken, isKnownSecret, type Shown } from './claim-login-token.ts';
import { RedemptionThrottle } from '../throttles/redemption-throttle.ts';

@Injectable()
export class RedeemLoginTokenHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly throttle: RedemptionThrottle,
    private readonly em: EntityManager,
  ) {}

  @Handles(redeemLoginToken)
  async redeem({ token, cookie: forwarded }: InputOf<typeof redeemLoginToken>, context: HandlerContext) {
    if (!checkSecret(token, 'vkl')) return fail(redeemLoginToken, 'invalid_token');
    const shown = { hash: hashSecret(token), throttle: this.throttle.guard(context), forwarded };
    const answer = await this.outbox.transactional(context, async (tx) => redeemIn(tx, shown, context));
    return answer instanceof Failure && answer.code === 'invalid_token' ? this.refuse(shown.hash, context) : answer;
  }

  /** A client over its guesses is told so, whatever it shows. Spent or limited tokens are no guesses. */
  private async refuse(hash: string, context: HandlerContext) {
    const waiting = await this.throttle.retryAfter(context);
    const isGuess = !waiting && !(await isKnownSecret(this.em.fork(), hash));
    const retryAfter = isGuess ? await this.throttle.count(context) : waiting;
    if (retryAfter) return fail(redeemLoginToken, 'too_many_requests', { retryAfter });
    return fail(redeemLoginToken, 'invalid_token');
  }
}

/** A token claimed and then refused is not spent: the failure rolls the claim back. */
async function redeemIn(
  tx: Transaction,
  { forwarded, ...shown }: Shown & { forwarded?: boolean },
  { address = 'unknown', userAgent = '' }: HandlerContext,
) {
  const token = await claimLoginToken(tx, shown, address);
  if (!token || !isAllowedFrom(token, address)) return fail(redeemLoginToken, 'invalid_token');
  const { id, accountId, name, version: sequence } = token;
  const account = token.account ?? (await holdAccount(tx.em, accountId));
  if (!lendsBy(account, 'login_tokens')) return fail(redeemLoginToken, 'invalid_token');
  if (!(await hasRoomFor(tx, account, token))) return fail(redeemLoginToken, 'session_limit_reached');
  tx.attribute({ actor: { type: 'login-token', id } });
  const subject = { type: 'login-token' as const, id, name };
  const opened = openSession(tx, {
    kind: 'login_token',
    subject,
    accountId,
    // What is lent for one organization stands in it, there being no other to choose.
    ...(token.scopeType === 'organization' && token.scopeId && { organizationId: token.scopeId }),
    lentBy: token,
    operator: false,
    address,
    userAgent,
    forwarded,
  });
  tx.emit(loginTokenRedeemed, { id, accountId, sequence, data: { name, sessionId: opened.session.id, address } });
  return opened;
}

function isAllowedFrom({ allowedCidrs }: ClaimedToken, address: string): boolean {
  return allowedCidrs.length === 0 || isAddressAllowed(allowedCidrs, address);
}
