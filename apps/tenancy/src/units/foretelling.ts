import { type Grant, listScopedCredentials, MAX_FORETOLD, type ReachChange } from '@valetkey/contracts';
import { Bus, type HandlerContext, insist } from '@valetkey/messaging';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { findMemberships } from '../members/membership-rows.ts';
import { membershipView } from '../members/membership-view.ts';
import { membershipsOf, type UnitScope } from './unit-scope.ts';

type Reach = Pick<ReachChange, 'gains' | 'loses'>;

interface Deletion {
  accountId: string;
  scope: UnitScope;
  reach: Reach;
  /** Of who asks. */
  grants: readonly Grant[];
}

/** Says what a change would do, instead of doing it. */
@Injectable()
export class Foretelling {
  constructor(private readonly bus: Bus) {}

  /** Of a change that ends nothing. */
  ofChange(reach: Reach = { gains: [], loses: [] }): ReachChange {
    return { ...bounded(reach), ends: { memberships: [], keys: [], tokens: [] } };
  }

  /**
   * Of a deletion, which ends what is scoped to the group or organization: access keys and login tokens, tokens says. Keys
   * are for owners' eyes.
   */
  async ofDeletion(
    em: EntityManager,
    { accountId, scope, reach, grants }: Deletion,
    context: HandlerContext,
  ): Promise<ReachChange> {
    const where = `${membershipsOf[scope.type]} ORDER BY m.id LIMIT ${MAX_FORETOLD}`;
    const memberships = await findMemberships(em, accountId, { where, values: [scope.id] });
    const asked = { accountId, scopeType: scope.type, scopeId: scope.id };
    const lent = insist(listScopedCredentials, await this.bus.ask(listScopedCredentials, asked, context));
    const keys = grants.some(({ role }) => role === 'owner') ? lent.keys : [];
    return { ...bounded(reach), ends: { memberships: memberships.map(membershipView), keys, tokens: lent.tokens } };
  }
}

function bounded({ gains, loses }: Reach): Reach {
  return { gains: gains.slice(0, MAX_FORETOLD), loses: loses.slice(0, MAX_FORETOLD) };
}
