import { Clock } from '@valetkey/observability';
import { Tries } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable } from '@nestjs/common';
import { TOKENS_CONFIG, type TokensConfig } from '../tokens.config.ts';

const limit = { tries: 5, windowMs: 15 * 60_000 };

/** Bounds wrong passwords and codes: 5 in 15 minutes for a link and a client, whoever else has the link. */
@Injectable()
export class LinkTries extends Tries {
  constructor(em: EntityManager, clock: Clock, @Inject(TOKENS_CONFIG) { DIGEST_KEY }: TokensConfig) {
    super(em, clock, DIGEST_KEY, limit);
  }
}
