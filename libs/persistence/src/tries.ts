import { Failure } from '@valetkey/contracts';
import type { Clock } from '@valetkey/observability';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Throttle, type ThrottleLimit } from './throttle.ts';
import { throttleKey } from './throttle-key.ts';
import { Turns } from './turns.ts';

/**
 * Bounds wrong tries on something. A try is counted before it is made, so that a burst makes no more of them, and given
 * back when it was right or a fault of ours spoilt it. Those of one key take turns, or simultaneous right ones would use
 * up each other's.
 */
export class Tries {
  private readonly throttle: Throttle;
  private readonly turns = new Turns();

  constructor(
    em: EntityManager,
    private readonly clock: Clock,
    private readonly digestKey: string,
    limit: ThrottleLimit,
  ) {
    this.throttle = new Throttle(em, limit);
  }

  /** What the try came to, which `isWrong` judges: nothing is wrong. Refused when there were too many wrong ones. */
  async attempt<T>(
    on: readonly string[],
    tryIt: () => Promise<T>,
    isWrong: (found: T) => boolean = (found) => found === undefined,
  ): Promise<T | Failure<'too_many_requests'>> {
    const key = throttleKey(this.digestKey, ...on);
    const retryAfter = await this.throttle.retryAfter(key, this.clock.now());
    if (retryAfter !== undefined) return new Failure('too_many_requests', { retryAfter });
    return this.turns.take(key, () => this.count(key, tryIt, isWrong));
  }

  private async count<T>(
    key: string,
    tryIt: () => Promise<T>,
    isWrong: (found: T) => boolean,
  ): Promise<T | Failure<'too_many_requests'>> {
    let wrong = false;
    const retryAfter = await this.throttle.take(key, this.clock.now());
    try {
      // One too many is not made, so it is not a wrong one either.
      if (retryAfter !== undefined) return new Failure('too_many_requests', { retryAfter });
      const found = await tryIt();
      wrong = isWrong(found);
      return found;
    } finally {
      if (!wrong) await this.throttle.giveBack(key);
    }
  }
}
