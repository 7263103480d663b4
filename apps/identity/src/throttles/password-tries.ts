import { Failure } from '@valetkey/contracts';
import { Clock } from '@valetkey/observability';
import { Throttle } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable } from '@nestjs/common';
import { IDENTITY_CONFIG, type IdentityConfig } from '../identity.config.ts';
import { throttleKey } from './throttle-key.ts';
import { Turns } from './turns.ts';

const WINDOW_MS = 15 * 60_000;
const WRONG_TRIES = 5;

/**
 * Bounds wrong passwords: 5 in 15 minutes for what they are tried on. A try is counted before it is made, so that a
 * burst makes no more of them, and given back when it was right or a fault of ours spoilt it. Those of one key take
 * turns, or simultaneous right ones would use up each other's.
 */
@Injectable()
export class PasswordTries {
  private readonly throttle: Throttle;
  private readonly turns = new Turns();

  constructor(
    em: EntityManager,
    private readonly clock: Clock,
    @Inject(IDENTITY_CONFIG) private readonly config: IdentityConfig,
  ) {
    this.throttle = new Throttle(em, { tries: WRONG_TRIES, windowMs: WINDOW_MS });
  }

  /** What the try found, or nothing when it was wrong; refused when there were too many. */
  async attempt<T>(
    on: readonly string[],
    tryIt: () => Promise<T | undefined>,
  ): Promise<T | Failure<'too_many_requests'> | undefined> {
    const key = throttleKey(this.config.DIGEST_KEY, ...on);
    const retryAfter = await this.throttle.retryAfter(key, this.clock.now());
    if (retryAfter !== undefined) return new Failure('too_many_requests', { retryAfter });
    return this.turns.take(key, () => this.count(key, tryIt));
  }

  private async count<T>(
    key: string,
    tryIt: () => Promise<T | undefined>,
  ): Promise<T | Failure<'too_many_requests'> | undefined> {
    let wrong = false;
    const retryAfter = await this.throttle.take(key, this.clock.now());
    try {
      // One too many is not made, so it is not a wrong one either.
      if (retryAfter !== undefined) return new Failure('too_many_requests', { retryAfter });
      const found = await tryIt();
      wrong = found === undefined;
      return found;
    } finally {
      if (!wrong) await this.throttle.giveBack(key);
    }
  }
}
