import { fail, Failure, type InputOf, loginTokenRedeemed, redeemLoginToken } from '@valetkey/contracts';
import { checkSecret, hashSecret } from '@valetkey/credentials';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import { Outbox, type Transaction } from '@valetkey/outbox';
import { Throttle } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { hasRoomFor, isUnlimited, lockAccount, shareAccount } from '../accounts/account-limits.ts';
import { findCredential } from '../sessions/find-credential.ts';
import { openSession } from '../sessions/open-session.ts';
import { isAddressAllowed } from './allowed-cidrs.ts';
import { type ClaimedToken, claimLoginToken, isKnownSecret } from './claim-login-token.ts';

/** Well-formed but unknown secrets, per client address: spent or limited tokens do not count. */
const guesses = { tries: 100, windowMs: 60_000 };

@Injectable()
export class RedeemLoginTokenHandler {
  private readonly throttle: Throttle;

  constructor(
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly em: EntityManager,
  ) {
    this.throttle = new Throttle(em, guesses);
  }

  @Handles(redeemLoginToken)
  async redeem({ token }: InputOf<typeof redeemLoginToken>, context: HandlerContext) {
    if (!checkSecret(token, 'vkl')) return fail(redeemLoginToken, 'invalid_token');
    const guesser = `redemption:${context.address ?? 'unknown'}`;
    const retryAfter = await this.throttle.retryAfter(guesser, this.clock.now());
    if (retryAfter) return fail(redeemLoginToken, 'too_many_requests', { retryAfter });
    const hash = hashSecret(token);
    const answer = await this.outbox.transactional(context, async (tx) => this.open(tx, hash, context));
    if (answer instanceof Failure && answer.code === 'invalid_token' && !(await isKnownSecret(this.em.fork(), hash))) {
      await this.throttle.take(guesser, this.clock.now());
    }
    return answer;
  }

  /** A token claimed and then refused is not spent: the failure rolls the claim back. */
  private async open(tx: Transaction, hash: string, context: HandlerContext) {
    const address = context.address ?? 'unknown';
    const token = await claimLoginToken(tx, hash, address);
    if (!token || !isAddressAllowed(token.allowedCidrs, address)) return fail(redeemLoginToken, 'invalid_token');
    const account = await this.lock(tx, token);
    if (!account.modules.includes('login_tokens')) return fail(redeemLoginToken, 'invalid_token');
    if (!(await hasRoomFor(tx, account, token))) return fail(redeemLoginToken, 'session_limit_reached');
    const { id, accountId, name, version } = token;
    const session = openSession(tx, {
      kind: 'login_token',
      accountId,
      subjectType: 'login-token',
      subjectId: id,
      subjectName: name,
      loginToken: { id, secretNumber: token.secretNumber },
      operator: false,
      address,
      userAgent: context.userAgent ?? '',
    });
    tx.emit(loginTokenRedeemed, { id, accountId, sequence: version, data: { name, sessionId: session.id, address } });
    return { session: await findCredential(tx.em, session.id, tx.now), secret: session.secret };
  }

  /** Counting needs the row for oneself; without an account limit it is enough that the module stays as it is. */
  private async lock({ em }: Transaction, { accountId }: ClaimedToken) {
    return (await isUnlimited(em, accountId)) ? shareAccount(em, accountId) : lockAccount(em, accountId);
  }
}
