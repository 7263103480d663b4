import { createPartner, fail, Failure, type InputOf, partnershipActivated } from '@valetkey/contracts';
import { checkSecret, hashSecret } from '@valetkey/credentials';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { actIn } from '../access/act-in.ts';
import { areCatalogued } from './are-catalogued.ts';
import { claimPartnerToken, findOffer } from './claim-partner-token.ts';
import { partnerView } from './partner-view.ts';
import { whereStanding } from './partnership-status.queries.ts';
import { tellPartnership } from './tell-partnership.ts';

@Injectable()
export class CreatePartnerHandler {
  constructor(private readonly outbox: Outbox) {}

  /** Only the account itself takes up tokens, one after the other by its lock: so it has one partnership with a provider. */
  @Handles(createPartner)
  async create({ accountId, token, permissions }: InputOf<typeof createPartner>, context: HandlerContext) {
    return this.outbox.transactional(context, async (tx) => {
      const actor = await actIn(tx.em, createPartner, context, accountId);
      if (actor instanceof Failure) return actor;
      const secretHash = hashSecret(token);
      const offer = checkSecret(token, 'vkp') ? await findOffer(tx, secretHash) : undefined;
      if (!offer) return fail(createPartner, 'unknown_token');
      if (offer.providerAccountId === accountId) return fail(createPartner, 'own_token');
      if (await arePartners(tx.em, offer.providerAccountId, accountId))
        return fail(createPartner, 'partnership_exists');
      if (!(await areCatalogued(tx.em, permissions))) return fail(createPartner, 'unknown_permission');
      const row = await claimPartnerToken(tx, { secretHash, clientAccountId: accountId, permissions });
      if (!row) return fail(createPartner, 'unknown_token');
      const told = { permissions, changes: [{ field: 'permissions', to: permissions }] };
      tellPartnership(tx, partnershipActivated, row, { by: 'client', data: (side) => ({ ...side, ...told }) });
      return partnerView(row);
    });
  }
}

async function arePartners(em: EntityManager, providerId: string, clientId: string): Promise<boolean> {
  const text = `SELECT 1 FROM partnerships
    WHERE provider_account_id = $1 AND client_account_id = $2 AND ${whereStanding}`;
  return (await sql(em, text, [providerId, clientId])).length > 0;
}
