import { Failure } from '@valetkey/contracts';
import type { HandlerContext } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import { networkOf, Throttle, throttleKey } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable } from '@nestjs/common';
import { IDENTITY_CONFIG, type IdentityConfig } from '../identity.config.ts';

const guesses = { tries: 100, windowMs: 60_000 };

/** Bounds guesses, which are well-formed secrets that open nothing: 100 a minute per client address. */
@Injectable()
export class SecretGuesses {
  private readonly throttle: Throttle;

  constructor(
    em: EntityManager,
    private readonly clock: Clock,
    @Inject(IDENTITY_CONFIG) private readonly config: IdentityConfig,
  ) {
    this.throttle = new Throttle(em, guesses);
  }

  /** What a secret opens, or how it is refused when it opens nothing: `lookUp` says which, reading only. */
  async admit<T>(
    { address }: HandlerContext,
    lookUp: () => Promise<T | undefined>,
  ): Promise<T | Failure<'invalid_token' | 'too_many_requests'>> {
    const key = throttleKey(this.config.DIGEST_KEY, 'secret-guesses', networkOf(address));
    // A client over its guesses is told so, whatever it shows.
    const waiting = await this.throttle.retryAfter(key, this.clock.now());
    const found = waiting === undefined ? await lookUp() : undefined;
    if (found !== undefined) return found;
    const retryAfter = waiting ?? (await this.throttle.take(key, this.clock.now()));
    return retryAfter === undefined ? new Failure('invalid_token') : new Failure('too_many_requests', { retryAfter });
  }
}
