import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pageOf, Partner, PartnerToken } from '@valetkey/contracts';
import { storedEvents } from './access-stream.ts';
import { inWords, trailOf } from './audit-trail.ts';
import type { Owner } from './client.ts';
import { mailed } from './mails.ts';
import { type Partnership, partnershipOf, partnerTokenOf } from './partnerships.ts';
import { type Platform, startPlatform } from './start-platform.ts';
import { TwoCompanies } from './two-companies.ts';

const DAY_MS = 24 * 3600 * 1000;
const ceiling = ['devices.manage', 'devices.view'];
const [pia, clara] = ['pia@northern.example', 'clara@harbour.example'];

let platform: Platform;
let companies: TwoCompanies;
let provider: Owner;
let client: Owner;
let partnership: Partnership;

beforeAll(async () => {
  platform = await startPlatform();
  companies = await TwoCompanies.of(platform);
  ({ provider, client } = companies);
});
afterAll(async () => platform.stop());

describe('Each step of a partnership', () => {
  it('is told to both companies, each in an event of its own with the data of its side', async () => {
    partnership = await partnershipOf(provider, client, ceiling);
    await client.call('PATCH', partnership.clientPath, { body: { permissions: ['devices.view'] } });
    await provider.call('POST', `${partnership.providerPath}/disable`);
    await provider.call('POST', `${partnership.providerPath}/activate`);
    await companies.end(partnership);
    const events = (await storedEvents(platform)).filter(({ event }) => event.subject === partnership.id);
    const sidesOf = (action: string) => {
      const [ours, theirs, ...more] = [provider, client].flatMap(({ accountId }) =>
        events.filter(({ subject }) => subject === `access.v1.${accountId}.partnership.${action}`),
      );
      return { ours, theirs, more };
    };
    for (const action of ['activated', 'ceiling-changed', 'disabled', 'enabled', 'revoked']) {
      const { ours, theirs, more } = sidesOf(action);
      expect(more).toEqual([]);
      expect(ours?.event.correlationid).toBe(theirs?.event.correlationid);
      expect(ours?.event.data).toMatchObject({ side: 'provider', counterpart: { id: client.accountId } });
      expect(theirs?.event.data).toMatchObject({ side: 'client', counterpart: { id: provider.accountId } });
    }
    const sequences = events.map(({ event }) => event.sequence);
    expect(sequences).toEqual(sequences.toSorted((one, other) => one - other));
    expect(new Set(sequences).size).toBe(11);
    expect(sidesOf('token-created')).toMatchObject({ theirs: undefined, more: [] });
  });

  it('of which one that the partner deletes is over for good, as the client’s owner is mailed', async () => {
    const { id, providerPath, clientPath } = await partnershipOf(provider, client, ceiling);
    expect((await provider.call('DELETE', providerPath)).status).toBe(204);
    await mailed(platform, clara, 'Northern Light IT ended its partnership with Harbour Cranes');
    expect((await client.call('GET', clientPath)).body).toMatchObject({ status: 'revoked' });
    const [, last] = await trailOf(client, `partnership:${id}`, 2);
    expect(last && inWords(last)).toBe('partnership.deleted by account Northern Light IT');
  });
});

describe('The lists of both companies', () => {
  const tokens = async (query: string) => {
    const { body } = await provider.call('GET', `${provider.path}/partner-tokens?${query}`);
    return pageOf(PartnerToken).parse(body).items;
  };
  const partners = async (query: string) => {
    const { body } = await client.call('GET', `${client.path}/partners?${query}`);
    return pageOf(Partner).parse(body).items;
  };

  it('keep what has ended as their history, and are searched by name, by id and by status', async () => {
    const pending = await partnerTokenOf(provider, { clientName: 'The bakery' });
    const active = await partnershipOf(provider, client, ceiling);
    const ids = (items: readonly { id: string }[]) => items.map(({ id }) => id);
    // What the partner deleted is gone from its own list alone.
    expect(ids(await tokens('')).toSorted()).toEqual([partnership.id, pending.id, active.id].toSorted());
    expect((await partners('')).map(({ status }) => status).toSorted()).toEqual(['active', 'revoked', 'revoked']);
    expect(ids(await tokens('query=bak'))).toEqual([pending.id]);
    expect(ids(await tokens('query=cranes&status=active'))).toEqual([active.id]);
    expect(ids(await tokens(`query=${active.id}`))).toEqual([active.id]);
    expect(ids(await tokens('status=revoked'))).toEqual([partnership.id]);
    expect(ids(await tokens('status=pending'))).toEqual([pending.id]);
    expect(ids(await partners('query=light&status=active'))).toEqual([active.id]);
    expect(ids(await partners('query=bakery'))).toEqual([]);
    expect((await client.call('GET', `${client.path}/partners?status=pending`)).status).toBe(400);
    await companies.end(active);
  });
});

describe('A token that nobody takes up', () => {
  it('has lapsed after thirty days: its maker is told, and it is good for nothing more', async () => {
    const token = await partnerTokenOf(provider, { clientName: 'The brewery' });
    platform.clock.advance(30 * DAY_MS - 1);
    await companies.backAtWork();
    ({ provider, client } = companies);
    const status = async () => PartnerToken.parse((await provider.call('GET', token.path)).body).status;
    expect(await status()).toBe('pending');
    platform.clock.advance(1);
    expect(await status()).toBe('lapsed');
    const body = { token: token.secret, permissions: ceiling };
    expect((await client.call('POST', `${client.path}/partners`, { body })).code).toBe('unknown_token');
    await platform.replicate('tenancy');
    await mailed(platform, pia, 'A partner token of Northern Light IT has lapsed');
    const { body: listed } = await provider.call('GET', `${provider.path}/partner-tokens?status=lapsed&query=brew`);
    expect(listed).toMatchObject({ items: [{ id: token.id, status: 'lapsed' }] });
    expect((await trailOf(provider, `partnership:${token.id}`, 2)).map(({ action }) => action)).toEqual([
      'partnership.token-created',
      'partnership.lapsed',
    ]);
    expect((await provider.call('DELETE', token.path)).status).toBe(204);
    expect((await provider.call('GET', token.path)).code).toBe('not_found');
  });
});
