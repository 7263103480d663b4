import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditEntry, pageOf } from '@valetkey/contracts';
import { inWords, trailOf } from './audit-trail.ts';
import { type Owner, ownerOf, person } from './client.ts';
import { eventually } from './eventually.ts';
import { memberOf } from './members.ts';
import { operatorOf } from './operator.ts';
import { authorize, catalogueDevices, type Partnership, partnershipOf, setModules, userIdOf } from './partnerships.ts';
import { type Platform, startPlatform } from './start-platform.ts';
import { storedRows } from './stored-rows.ts';

const grace = { ...person('grace@harbour.example'), name: 'Grace Hopper' };
const ada = { ...person('ada@acme.example'), name: 'Ada Lovelace' };
const permissions = ['devices.manage', 'devices.view'];

let platform: Platform;
/** Harbour provides, Acme is its client. */
let harbour: Owner;
let acme: Owner;
/** What the two companies did, from taking up a token to its end. */
let partnership: Partnership;

beforeAll(async () => {
  platform = await startPlatform();
  const operator = await operatorOf(platform);
  harbour = await ownerOf(platform, 'Harbour Works', grace);
  acme = await ownerOf(platform, 'Acme', ada);
  await setModules(operator, harbour, { partner: true });
  await setModules(operator, acme, { client: true });
  await catalogueDevices(operator);
  partnership = await live(harbour, acme);
});
afterAll(() => platform.stop());

async function live(provider: Owner, client: Owner): Promise<Partnership> {
  const given = await partnershipOf(provider, client, permissions);
  const users = ['charles', 'dora', 'emil'];
  const sessions: Owner[] = [];
  for (const name of users) sessions.push(await memberOf(platform, provider, 'viewer', { name }));
  const ids = await Promise.all(users.map((name) => userIdOf(provider, emailOf(provider, name))));
  await authorize(provider, given, ids, permissions);
  await done(provider, 'PATCH', `${given.providerPath}/users/${ids[1]}`, { permissions: ['devices.view'] });
  await done(provider, 'POST', `${given.providerPath}/disable`);
  await done(provider, 'POST', `${given.providerPath}/activate`);
  await done(client, 'PATCH', given.clientPath, { permissions: ['devices.view'] });
  await entriesOf(provider, 'partner-user.changed', 3);
  const [charles] = sessions;
  if (charles) await done(charles, 'DELETE', `${provider.path}/members/me`);
  await done(provider, 'DELETE', `${given.providerPath}/users/${ids[1]}`);
  await done(client, 'DELETE', given.clientPath);
  await entriesOf(provider, 'partner-user.revoked', 3);
  return given;
}

const emailOf = ({ accountId }: Owner, name: string) => `${name}@${accountId}.example`;

async function done(by: Owner, method: string, path: string, body?: object): Promise<void> {
  const { status } = await by.call(method, path, { body });
  if (status >= 300) throw new Error(`${method} ${path} answered ${status}`);
}

/** Entries of an action in a company's trail, oldest first, once there are so many. */
function entriesOf(reader: Owner, action: string, length: number): Promise<AuditEntry[]> {
  return eventually(`${length} entries of ${action}`, async () => {
    const { body } = await reader.call('GET', `${reader.path}/audit?action=${action}&limit=100`);
    const { items } = pageOf(AuditEntry).parse(body);
    return items.length >= length ? items.toReversed() : undefined;
  });
}

describe('A partnership from its token to its end', () => {
  it('is mailed to the other side’s owners step by step, what befalls many users in one mail', async () => {
    const mailed = ({ email }: { email: string }) =>
      platform.mailbox
        .messages()
        .flatMap(({ envelope, subject = '' }) => (envelope.to.includes(email) ? [subject] : []))
        .filter((subject) => /Harbour Works.*Acme|Acme.*(Harbour Works|charles|dora)/.test(subject))
        .map((subject) => subject.replace(/\w+ and 2 other users/, 'one and 2 other users'))
        .sort();
    const second = await partnershipOf(harbour, acme, ['devices.view']);
    const late = await memberOf(platform, harbour, 'viewer', { name: 'late' });
    await authorize(harbour, second, [await userIdOf(harbour, emailOf(harbour, 'late'))], ['devices.view']);
    expect(late.accountId).toBe(harbour.accountId);
    const last = 'Harbour Works authorized late for Acme';
    await eventually('the last mail of all', async () => mailed(ada).includes(last) || undefined);
    await eventually('both activations', async () => mailed(grace).length >= 4 || undefined);
    expect(mailed(ada)).toEqual(
      [
        'Harbour Works authorized one and 2 other users for Acme',
        'Harbour Works changed what dora may do in Acme',
        'Harbour Works suspended its partnership with Acme',
        'Harbour Works resumed its partnership with Acme',
        'Access to Acme ended for charles',
        'Access to Acme ended for dora',
        last,
      ].sort(),
    );
    expect(mailed(grace)).toEqual(
      [
        'Acme is now a client of Harbour Works',
        'Acme changed what users of Harbour Works may do there',
        'Acme revoked its partnership with Harbour Works',
        'Acme is now a client of Harbour Works',
      ].sort(),
    );
  });

  it('stands in both trails, the other company as who acted where it did', async () => {
    const told = async (reader: Owner, length: number) =>
      (await trailOf(reader, `partnership:${partnership.id}`, length)).map(
        (entry) => `${entry.entity.name}: ${inWords(entry)}`,
      );
    expect(await told(harbour, 6)).toEqual([
      'Acme: partnership.token-created by user Grace Hopper',
      'Acme: partnership.activated by account Acme',
      'Acme: partnership.disabled by user Grace Hopper',
      'Acme: partnership.enabled by user Grace Hopper',
      'Acme: partnership.ceiling-changed by account Acme',
      'Acme: partnership.revoked by account Acme',
    ]);
    expect(await told(acme, 5)).toEqual([
      'Harbour Works: partnership.activated by user Ada Lovelace',
      'Harbour Works: partnership.disabled by account Harbour Works',
      'Harbour Works: partnership.enabled by account Harbour Works',
      'Harbour Works: partnership.ceiling-changed by user Ada Lovelace',
      'Harbour Works: partnership.revoked by user Ada Lovelace',
    ]);
  });

  it('shows both what it meant for each of the users', async () => {
    const [authorized, revoked] = [
      await entriesOf(acme, 'partner-user.authorized', 3),
      await entriesOf(acme, 'partner-user.revoked', 3),
    ];
    expect(
      authorized
        .slice(0, 3)
        .map(({ entity }) => entity.name)
        .sort(),
    ).toEqual(['charles', 'dora', 'emil']);
    expect(authorized.map(({ actor }) => actor.name)).not.toContain('Grace Hopper');
    expect(revoked.map(({ entity }) => entity.name).sort()).toEqual(['charles', 'dora', 'emil']);
  });

  it('leaves nothing in a trail of the other side’s people but the names of the partner’s users', async () => {
    const [graceId, adaId] = [await userIdOf(harbour, grace.email), await userIdOf(acme, ada.email)];
    const rows = (await storedRows(platform)).filter(({ table }) => /^audit\.(entries|names|chains)$/.test(table));
    const kept = ({ accountId }: Owner) =>
      rows.flatMap(({ text }) => (text.startsWith(`(${accountId},`) ? [text] : [])).join('\n');
    expect(kept(harbour)).toContain(graceId);
    expect(kept(acme)).toContain(adaId);
    for (const said of [adaId, ada.name, ada.email]) expect(kept(harbour)).not.toContain(said);
    const users = ['charles', 'dora', 'emil'].map((name) => emailOf(harbour, name));
    for (const said of [graceId, grace.name, grace.email, ...users]) expect(kept(acme)).not.toContain(said);
    expect(kept(acme)).toContain('charles');
  });
});
