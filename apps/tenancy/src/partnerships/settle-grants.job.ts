import type { Job } from '@valetkey/observability';
import { Outbox, systemContext } from '@valetkey/outbox';
import { Injectable } from '@nestjs/common';
import { endGrantsOfEnded } from './end-grants-of-ended.ts';
import { tellNarrowedGrants } from './tell-narrowed-grants.ts';

/** What follows for each user from what befell their partnership; each in batches, and false when there is nothing left. */
const works = [endGrantsOfEnded, tellNarrowedGrants];

/**
 * Takes the users out of partnerships that have ended, and tells what the ceiling has cut: it has been so since their
 * partnership's own event, and is told of ten thousand within ten seconds. What another replica is at is left to it.
 */
@Injectable()
export class SettleGrantsJob implements Job {
  /** Indexes of what is to be done alone make a look cost nothing. */
  readonly everyMs = 1_000;

  constructor(private readonly outbox: Outbox) {}

  async run(): Promise<void> {
    while (await this.settleSome());
  }

  /** A batch of each, so that neither waits for all of the other. */
  private async settleSome(): Promise<boolean> {
    let some = false;
    for (const work of works) if (await this.outbox.transactional(systemContext('tenancy'), work)) some = true;
    return some;
  }
}
