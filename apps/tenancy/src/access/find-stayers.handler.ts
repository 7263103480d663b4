import { findStayers, type InputOf } from '@valetkey/contracts';
import { Handles } from '@valetkey/messaging';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { decideAccess } from './decide-access.rules.ts';
import { loadFacts } from './load-facts.ts';

/** Whoever would be told what they may do there stays, be it nothing. */
@Injectable()
export class FindStayersHandler {
  constructor(private readonly em: EntityManager) {}

  @Handles(findStayers)
  async find({ accountId, userIds }: InputOf<typeof findStayers>) {
    const standings = userIds.map((userId) => ({ accountId, holder: { userId } }));
    const facts = await loadFacts(this.em, standings);
    return {
      stay: standings.map((standing) => {
        const known = facts.of(standing);
        return known !== undefined && decideAccess(known, facts.catalogue) !== null;
      }),
    };
  }
}
