import { Failure } from '@valetkey/contracts';
import { Clock } from '@valetkey/observability';
import { Throttle, throttleKey } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable } from '@nestjs/common';
import { IDENTITY_CONFIG, type IdentityConfig } from '../identity.config.ts';

const limit = { tries: 10, windowMs: 3_600_000 };

/**
 * Bounds what anybody who types an address has mailed to it: 10 mails of a kind an hour, whoever asks, and whether or not
 * it is a user's. Over it the answer is the same, so this says what to do and refuses nothing.
 */
@Injectable()
export class MailLimit {
  private readonly throttle: Throttle;

  constructor(
    em: EntityManager,
    private readonly clock: Clock,
    @Inject(IDENTITY_CONFIG) private readonly config: IdentityConfig,
  ) {
    this.throttle = new Throttle(em, limit);
  }

  /** Does the work, which is told whether it may mail. What is refused or spoilt by a fault of ours does not count. */
  async count<T>(kind: string, address: string, work: (mayMail: boolean) => Promise<T>): Promise<T> {
    const key = throttleKey(this.config.DIGEST_KEY, 'mails', kind, address);
    const mayMail = (await this.throttle.take(key, this.clock.now())) === undefined;
    let counts = false;
    try {
      const answer = await work(mayMail);
      counts = !(answer instanceof Failure);
      return answer;
    } finally {
      if (!counts) await this.throttle.giveBack(key);
    }
  }
}

/** The kind of mails to an address that nobody has shown to have: to verify it, or to tell its holder. */
export const TO_UNPROVEN_ADDRESS = 'to-unproven-address';
