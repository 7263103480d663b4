import { digest } from '@valetkey/credentials';
import type { HandlerContext } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import { networkOf, Throttle } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable } from '@nestjs/common';
import { TOKENS_CONFIG, type TokensConfig } from '../tokens.config.ts';

const guesses = { tries: 100, windowMs: 60_000 };

/** Bounds guesses, which are well-formed but unknown secrets: 100 a minute per client address. */
@Injectable()
export class RedemptionThrottle {
  private readonly throttle: Throttle;

  constructor(
    em: EntityManager,
    private readonly clock: Clock,
    @Inject(TOKENS_CONFIG) private readonly config: TokensConfig,
  ) {
    this.throttle = new Throttle(em, guesses);
  }

  /** For the claim itself, by which a client over its guesses takes nothing. */
  guard(context: HandlerContext): { key: string; tries: number } {
    return { key: this.keyOf(context), tries: guesses.tries };
  }

  /** Seconds until the client may try again, if it must wait. */
  retryAfter(context: HandlerContext): Promise<number | undefined> {
    return this.throttle.retryAfter(this.keyOf(context), this.clock.now());
  }

  /** Counts a guess. Seconds until the next one if it was one too many, as in a burst that was let in before. */
  count(context: HandlerContext): Promise<number | undefined> {
    return this.throttle.take(this.keyOf(context), this.clock.now());
  }

  forget(): Promise<void> {
    return this.throttle.forget(this.clock.now());
  }

  private keyOf({ address }: HandlerContext): string {
    return digest(this.config.DIGEST_KEY, `redemption:${networkOf(address)}`);
  }
}
