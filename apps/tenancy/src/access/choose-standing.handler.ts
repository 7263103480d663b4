import { chooseStanding, fail, type Grant, type InputOf } from '@valetkey/contracts';
import { Handles } from '@valetkey/messaging';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { lastAccountOf } from '../last-accounts/last-account-of.ts';
import { Organization } from '../organizations/organization.entity.ts';
import { organizationsWithin } from '../organizations/organizations-within.ts';
import { chooseAccount, grantsIn } from './choose-account.rules.ts';
import { heldBy } from './held-by.ts';

@Injectable()
export class ChooseStandingHandler {
  constructor(private readonly em: EntityManager) {}

  /** The first reachable organization is the one made first: no renaming moves anybody. A partner's user is led into none. */
  @Handles(chooseStanding)
  async choose(asked: InputOf<typeof chooseStanding>) {
    const em = this.em.fork();
    const held = await heldBy(em, asked.holder, asked);
    const lastAccountId = asked.accountId ? undefined : await lastAccountOf(em, asked.holder);
    const accountId = chooseAccount(held, { accountId: asked.accountId, lastAccountId });
    if (!accountId) return fail(chooseStanding, 'not_found');
    const partnership = held.find((one) => one.accountId === accountId)?.partnership;
    const wanted = asked.organizationId === undefined && partnership ? null : asked.organizationId;
    if (wanted === null) return { accountId, partnership };
    const organizationId = await firstReachable(em, accountId, grantsIn(held, accountId), wanted);
    if (wanted && !organizationId) return fail(chooseStanding, 'not_found');
    return { accountId, organizationId, partnership };
  }
}

async function firstReachable(
  em: EntityManager,
  accountId: string,
  grants: readonly Grant[],
  named: string | undefined,
): Promise<string | undefined> {
  const where = { $and: [{ accountId }, organizationsWithin(grants), ...(named ? [{ id: named }] : [])] };
  return (await em.findOne(Organization, where, { orderBy: { id: 'asc' } }))?.id;
}
