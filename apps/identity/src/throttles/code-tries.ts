import { Failure } from '@valetkey/contracts';
import { Clock } from '@valetkey/observability';
import { Tries } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable } from '@nestjs/common';
import { IDENTITY_CONFIG, type IdentityConfig } from '../identity.config.ts';

const limit = { tries: 10, windowMs: 15 * 60_000 };

/** Bounds wrong codes and recovery codes: 10 in 15 minutes for a user, wherever they are given. */
@Injectable()
export class CodeTries {
  private readonly tries: Tries;

  constructor(em: EntityManager, clock: Clock, @Inject(IDENTITY_CONFIG) { DIGEST_KEY }: IdentityConfig) {
    this.tries = new Tries(em, clock, DIGEST_KEY, limit);
  }

  /** What a good code led to. Nothing found means that it was wrong; another refusal costs no try. */
  async attempt<T>(
    userId: string,
    tryIt: () => Promise<T | undefined>,
  ): Promise<T | Failure<'wrong_code' | 'too_many_requests'>> {
    return (await this.tries.attempt(['code', userId], tryIt)) ?? new Failure('wrong_code');
  }
}
