import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getBillingDetails, putBillingDetails } from '@valetkey/contracts';
import { anyCaller } from '@valetkey/testing';
import { Tenancy, type Tenant } from '../../test/tenancy.ts';

let tenancy: Tenancy;
const nothing = { companyName: null, email: null, address: null, taxId: null };
const acme = { companyName: 'Acme Lda', email: 'bills@acme.example', address: 'Rua 1, Porto', taxId: 'PT 123' };

beforeAll(async () => {
  tenancy = await Tenancy.start();
});
afterAll(() => tenancy.stop());

const changesOf = async ({ accountId }: Tenant) =>
  (await tenancy.eventsOf(accountId)).filter(({ type }) => type === 'dev.valetkey.account.billing-changed.v1');

describe('Billing details', () => {
  it('say nothing until an owner does', async () => {
    const { accountId, owner } = await tenancy.openAccount();
    expect(await tenancy.ask(getBillingDetails, { accountId }, owner)).toEqual({ ...nothing, revision: 1 });
  });

  it('are replaced as a whole', async () => {
    const { accountId, owner } = await tenancy.openAccount();
    expect(await tenancy.ask(putBillingDetails, { accountId, ...acme }, owner)).toEqual({ ...acme, revision: 2 });
    const wanted = { ...nothing, companyName: 'Acme SA' };
    await tenancy.ask(putBillingDetails, { accountId, ...wanted }, owner);
    expect(await tenancy.ask(getBillingDetails, { accountId }, owner)).toEqual({ ...wanted, revision: 3 });
  });

  it('tell which of them changed, and never what they are', async () => {
    const tenant = await tenancy.openAccount('Acme');
    const { accountId, owner } = tenant;
    await tenancy.ask(putBillingDetails, { accountId, ...acme }, owner);
    await tenancy.ask(putBillingDetails, { accountId, ...acme, taxId: null }, owner);
    await tenancy.ask(putBillingDetails, { accountId, ...acme, taxId: null }, owner);
    const told = await changesOf(tenant);
    expect(told.map(({ sequence, data }) => ({ sequence, data }))).toEqual([
      {
        sequence: 2,
        data: {
          accountName: 'Acme',
          changes: [{ field: 'companyName' }, { field: 'email' }, { field: 'address' }, { field: 'taxId' }],
        },
      },
      { sequence: 3, data: { accountName: 'Acme', changes: [{ field: 'taxId' }] } },
    ]);
  });

  it('are changed once by many who saw the same revision', async () => {
    const { accountId, owner } = await tenancy.openAccount();
    const refusals = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        tenancy.refusal(putBillingDetails, { accountId, ...acme, taxId: `${n}` }, owner, { ifMatch: '"1"' }),
      ),
    );
    expect(refusals.filter((code) => code === undefined)).toHaveLength(1);
    expect(refusals.filter((code) => code === 'precondition_failed')).toHaveLength(7);
  });

  it('are the owners’ alone to read and to change', async () => {
    const { accountId, owner, ownerId } = await tenancy.openAccount();
    const { caller } = await tenancy.join(accountId, { type: 'account', id: accountId }, 'manager');
    expect(await tenancy.refusal(getBillingDetails, { accountId }, caller)).toBe('forbidden');
    expect(await tenancy.refusal(putBillingDetails, { accountId, ...acme }, caller)).toBe('forbidden');
    expect(await tenancy.refusal(getBillingDetails, { accountId }, anyCaller())).toBe('not_found');
    await tenancy.sql(`UPDATE memberships SET role = 'manager' WHERE user_id = $1`, [ownerId]);
    expect(await tenancy.refusal(putBillingDetails, { accountId, ...acme }, owner)).toBe('forbidden');
  });
});
