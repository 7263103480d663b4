import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createPartnerToken, deleteAccount, getPartnerToken, restoreAccount } from '@valetkey/contracts';
import { anyCaller } from '@valetkey/testing';
import { partnershipEvents } from '../../test/partnership-events.ts';
import { openCompany } from '../../test/partnerships.ts';
import { Tenancy, type Tenant } from '../../test/tenancy.ts';
import { LapsePartnerTokensJob } from './lapse-partner-tokens.job.ts';

const THIRTY_DAYS = 30 * 24 * 3_600_000;

let tenancy: Tenancy;
let provider: Tenant;
let id: string;

beforeAll(async () => {
  tenancy = await Tenancy.start();
});
beforeEach(async () => {
  provider = await openCompany(tenancy, 'partner', 'Provider');
  const asked = { accountId: provider.accountId, clientName: 'The bakery' };
  id = (await tenancy.ask(createPartnerToken, asked, provider.owner)).partnerToken.id;
});
afterAll(() => tenancy.stop());

const lapse = () => tenancy.service.app.get(LapsePartnerTokensJob).run();
const lapses = async () =>
  (await partnershipEvents(tenancy, provider.accountId)).filter(({ type }) => type.includes('lapsed'));

describe('A partner token that nobody takes up', () => {
  it('lapses after thirty days, which is told once', async () => {
    tenancy.service.clock.advance(THIRTY_DAYS - 1);
    await lapse();
    expect(await lapses()).toEqual([]);
    tenancy.service.clock.advance(1);
    await Promise.all([lapse(), lapse(), lapse()]);
    await lapse();
    expect(await lapses()).toMatchObject([
      {
        subject: id,
        actor: 'service:tenancy',
        sequence: 2,
        data: { side: 'provider', accountName: 'Provider', clientName: 'The bakery' },
      },
    ]);
    const asked = { accountId: provider.accountId, partnerTokenId: id };
    expect(await tenancy.ask(getPartnerToken, asked, provider.owner)).toMatchObject({ status: 'lapsed', revision: 2 });
  });

  it('of a deleted account waits for its restoration', async () => {
    const { accountId, owner } = provider;
    await tenancy.ask(deleteAccount, { accountId, confirmName: 'Provider' }, owner);
    tenancy.service.clock.advance(THIRTY_DAYS);
    await lapse();
    expect(await lapses()).toEqual([]);
    await tenancy.ask(restoreAccount, { accountId }, anyCaller({ operator: true }));
    await lapse();
    expect(await lapses()).toHaveLength(1);
  });

  it('is one of any number: none is left behind', async () => {
    await tenancy.sql(
      `INSERT INTO partnerships (id, provider_account_id, secret_hash, status, expires_at, version, revision, created_at,
         created_by_id, created_by_name)
       SELECT uuidv7(), provider_account_id, n::text, status, expires_at, 1, 1, created_at, created_by_id, ''
         FROM partnerships, generate_series(1, 1100) n WHERE id = $1`,
      [id],
    );
    tenancy.service.clock.advance(THIRTY_DAYS);
    await lapse();
    expect(await lapses()).toHaveLength(1101);
  });
});
