import { Clock } from '@valetkey/observability';
import { Tries } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable } from '@nestjs/common';
import { IDENTITY_CONFIG, type IdentityConfig } from '../identity.config.ts';

const limit = { tries: 5, windowMs: 15 * 60_000 };

/** Bounds wrong passwords: 5 in 15 minutes for what they are tried on. */
@Injectable()
export class PasswordTries extends Tries {
  constructor(em: EntityManager, clock: Clock, @Inject(IDENTITY_CONFIG) { DIGEST_KEY }: IdentityConfig) {
    super(em, clock, DIGEST_KEY, limit);
  }
}
