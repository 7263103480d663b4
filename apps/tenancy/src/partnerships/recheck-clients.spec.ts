import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { deleteAccount, deletePartner, recheckStanders, RequestContext } from '@valetkey/contracts';
import { makePartnership, openCompany, turn } from '../../test/partnerships.ts';
import { Tenancy, type Tenant } from '../../test/tenancy.ts';

let tenancy: Tenancy;
let provider: Tenant;
let client: Tenant;
let second: Tenant;
let partnerId: string;

beforeAll(async () => {
  tenancy = await Tenancy.start();
});
beforeEach(async () => {
  provider = await openCompany(tenancy, 'partner', 'Provider');
  client = await openCompany(tenancy, 'client', 'Client');
  second = await openCompany(tenancy, 'client', 'Second');
  partnerId = await makePartnership(tenancy, provider, client, ['devices.view']);
  await makePartnership(tenancy, provider, second, ['devices.view']);
});
afterAll(() => tenancy.stop());

/** By whose act tokens was to look at who stands in the account, each time. */
async function rechecked({ accountId }: Tenant): Promise<(string | undefined)[]> {
  const text = 'SELECT context FROM outbox WHERE subject = $1 AND entity = $2';
  const rows = await tenancy.sql(text, [recheckStanders.subject, `account:${accountId}`]);
  const acts = rows.map(({ context }) => RequestContext.parse(JSON.parse(String(context))).attribution);
  return acts.map((act) => act && `${act.actor.type}:${act.actor.id}`);
}

describe('Who stands in a client’s account is looked at again', () => {
  it('when its provider loses the module, as the provider’s act, in all of its clients’ accounts', async () => {
    await turn(tenancy, provider, 'partner', false);
    for (const company of [client, second]) expect(await rechecked(company)).toEqual([`account:${provider.accountId}`]);
    expect(await rechecked(provider)).toEqual([]);
  });

  it('when its provider is deleted', async () => {
    const confirmed = { accountId: provider.accountId, confirmName: 'Provider' };
    await tenancy.ask(deleteAccount, confirmed, provider.owner);
    expect(await rechecked(client)).toEqual([`account:${provider.accountId}`]);
  });

  it('when it loses the module itself, as the operator’s act', async () => {
    await turn(tenancy, client, 'client', false);
    expect(await rechecked(client)).toEqual([expect.stringMatching(/^user:/)]);
    expect(await rechecked(second)).toEqual([]);
  });

  it('not when another module is switched, or the same one on, nor for a partnership that has ended', async () => {
    await tenancy.ask(deletePartner, { accountId: client.accountId, partnerId }, client.owner);
    await turn(tenancy, provider, 'partner', false);
    await turn(tenancy, provider, 'partner', true);
    await turn(tenancy, client, 'partner', true);
    await turn(tenancy, client, 'partner', false);
    expect(await rechecked(client)).toEqual([]);
    expect(await rechecked(second)).toHaveLength(1);
  });
});
