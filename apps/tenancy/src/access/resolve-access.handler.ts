import { type InputOf, resolveAccess } from '@valetkey/contracts';
import { Handles } from '@valetkey/messaging';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { decideAccess } from './decide-access.rules.ts';
import { loadFacts } from './load-facts.ts';

/** The miss of the hot path: as many statements for a thousand standings as for one. */
@Injectable()
export class ResolveAccessHandler {
  constructor(private readonly em: EntityManager) {}

  @Handles(resolveAccess)
  async resolve({ standings }: InputOf<typeof resolveAccess>) {
    const facts = await loadFacts(this.em, standings);
    const decisions = standings.map((standing) => {
      const known = facts.of(standing);
      return known ? decideAccess(known, facts.catalogue) : null;
    });
    return { decisions };
  }
}
