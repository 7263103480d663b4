import { Failure } from '@valetkey/contracts';
import type { HandlerContext } from '@valetkey/messaging';
import { Clock } from '@valetkey/observability';
import { networkOf, Throttle, throttleKey } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable } from '@nestjs/common';
import { IDENTITY_CONFIG, type IdentityConfig } from '../identity.config.ts';

const HOUR_MS = 3_600_000;
const REQUESTS_AN_HOUR = 60;

/** Bounds what makes us send mail: 60 requests of a kind an hour. A fault of ours does not count. */
@Injectable()
export class HourlyLimit {
  private readonly throttle: Throttle;

  constructor(
    em: EntityManager,
    private readonly clock: Clock,
    @Inject(IDENTITY_CONFIG) private readonly config: IdentityConfig,
  ) {
    this.throttle = new Throttle(em, { tries: REQUESTS_AN_HOUR, windowMs: HOUR_MS });
  }

  /** Per client address. */
  async ofClient<T>(kind: string, { address }: HandlerContext, work: () => Promise<T>) {
    return this.admit([kind, networkOf(address)], work);
  }

  /** Per user, wherever they ask from. */
  async ofUser<T>(kind: string, userId: string, work: () => Promise<T>) {
    return this.admit([kind, 'user', userId], work);
  }

  private async admit<T>(on: readonly string[], work: () => Promise<T>): Promise<T | Failure<'too_many_requests'>> {
    const key = throttleKey(this.config.DIGEST_KEY, ...on);
    const retryAfter = await this.throttle.take(key, this.clock.now());
    if (retryAfter !== undefined) return new Failure('too_many_requests', { retryAfter });
    try {
      return await work();
    } catch (error) {
      await this.throttle.giveBack(key);
      throw error;
    }
  }
}
