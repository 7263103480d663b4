import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  activatePartnerToken,
  createPartnerToken,
  deletePartnerToken,
  disablePartnerToken,
  getPartnerToken,
  listPartnerTokenUsers,
} from '@valetkey/contracts';
import { partnershipActions, partnershipEvents } from '../../test/partnership-events.ts';
import { authorizeUser, makePartnership, openCompany } from '../../test/partnerships.ts';
import { Tenancy, type Tenant } from '../../test/tenancy.ts';

let tenancy: Tenancy;
let provider: Tenant;
let client: Tenant;
let id: string;

beforeAll(async () => {
  tenancy = await Tenancy.start();
});
beforeEach(async () => {
  provider = await openCompany(tenancy, 'partner', 'Provider');
  client = await openCompany(tenancy, 'client', 'Client');
  id = await makePartnership(tenancy, provider, client, ['devices.view']);
});
afterAll(() => tenancy.stop());

const one = (partnerTokenId = id) => ({ accountId: provider.accountId, partnerTokenId });
const disable = () => tenancy.ask(disablePartnerToken, one(), provider.owner);
const activate = () => tenancy.ask(activatePartnerToken, one(), provider.owner);
const refusals = async (partnerTokenId = id) => [
  await tenancy.refusal(disablePartnerToken, one(partnerTokenId), provider.owner),
  await tenancy.refusal(activatePartnerToken, one(partnerTokenId), provider.owner),
];

describe('A partnership', () => {
  it('is disabled and activated again, and both companies are told, each of its own side', async () => {
    expect(await disable()).toMatchObject({ id, status: 'disabled', revision: 2 });
    expect(await activate()).toMatchObject({ id, status: 'active', revision: 3 });
    const sides = [
      await partnershipEvents(tenancy, provider.accountId),
      await partnershipEvents(tenancy, client.accountId),
    ];
    const [mine, theirs] = sides.map((events) =>
      events.map(({ actor, sequence, data }) => ({ actor, sequence, data })),
    );
    const { accountId, ownerId } = provider;
    const own = { side: 'provider', accountName: 'Provider', counterpart: { id: client.accountId, name: 'Client' } };
    const other = { side: 'client', accountName: 'Client', counterpart: { id: accountId, name: 'Provider' } };
    expect(mine).toEqual([2, 4].map((sequence) => ({ actor: `user:${ownerId}`, sequence, data: own })));
    expect(theirs).toEqual([3, 5].map((sequence) => ({ actor: `account:${accountId}`, sequence, data: other })));
    expect(await partnershipActions(tenancy, client.accountId)).toEqual([
      'partnership.disabled',
      'partnership.enabled',
    ]);
  });

  it('that is so already stays so, and nobody is told', async () => {
    expect(await activate()).toMatchObject({ status: 'active', revision: 1 });
    await disable();
    expect(await disable()).toMatchObject({ status: 'disabled', revision: 2 });
    expect(await partnershipActions(tenancy, provider.accountId)).toEqual(['partnership.disabled']);
  });

  it('keeps what its users are granted while it is disabled', async () => {
    await authorizeUser(tenancy, id, provider.ownerId, ['devices.view']);
    expect(await disable()).toMatchObject({ users: 1 });
    expect((await tenancy.ask(listPartnerTokenUsers, one(), provider.owner)).items).toMatchObject([
      { user: { id: provider.ownerId }, permissions: ['devices.view'] },
    ]);
  });

  it('that no client took up, or that has ended, is neither disabled nor activated', async () => {
    const { partnerToken } = await tenancy.ask(createPartnerToken, { accountId: provider.accountId }, provider.owner);
    expect(await refusals(partnerToken.id)).toEqual(['partnership_not_active', 'partnership_not_active']);
    await tenancy.sql(`UPDATE partnerships SET status = 'revoked' WHERE id = $1`, [id]);
    expect(await refusals()).toEqual(['partnership_not_active', 'partnership_not_active']);
  });

  it('is not another account’s to switch', async () => {
    const stranger = await openCompany(tenancy, 'partner', 'Stranger');
    const asked = { accountId: stranger.accountId, partnerTokenId: id };
    expect(await tenancy.refusal(disablePartnerToken, asked, stranger.owner)).toBe('not_found');
  });
});

describe('Switching, many at once', () => {
  it('each tells what it really changed: of two alike in a row there are none', async () => {
    const asked = Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? disable() : activate()));
    await Promise.all(asked);
    const actions = await partnershipActions(tenancy, provider.accountId);
    expect(actions[0]).toBe('partnership.disabled');
    expect(actions.filter((action, n) => action === actions[n + 1])).toEqual([]);
    const { status, revision } = await tenancy.ask(getPartnerToken, one(), provider.owner);
    expect(status).toBe(actions.length % 2 === 1 ? 'disabled' : 'active');
    expect(revision).toBe(1 + actions.length);
    expect(await partnershipActions(tenancy, client.accountId)).toEqual(actions);
    const sequences = (await partnershipEvents(tenancy, client.accountId)).map(({ sequence }) => sequence);
    expect(sequences).toEqual(actions.map((_, n) => 3 + 2 * n));
  });

  it('and deleting at once: deleted it stays', async () => {
    const remove = () => tenancy.refusal(deletePartnerToken, one(), provider.owner);
    const disabling = () => tenancy.refusal(disablePartnerToken, one(), provider.owner);
    const activating = () => tenancy.refusal(activatePartnerToken, one(), provider.owner);
    const answers = await Promise.all([disabling(), activating(), disabling(), remove(), activating(), disabling()]);
    expect(answers.filter((code) => code !== undefined && code !== 'not_found')).toEqual([]);
    expect(await tenancy.sql('SELECT status, deleted FROM partnerships WHERE id = $1', [id])).toEqual([
      { status: 'revoked', deleted: true },
    ]);
    expect((await partnershipActions(tenancy, client.accountId)).at(-1)).toBe('partnership.deleted');
  });
});
