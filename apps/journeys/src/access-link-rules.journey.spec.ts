import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessLink, pageOf, Session } from '@valetkey/contracts';
import { v7 as uuidv7 } from 'uuid';
import { keyOf } from './access-keys.ts';
import { mailedLink, type MailedLink, type Recipient, recipientOf, redeemLink } from './access-links.ts';
import { expectOut } from './at-every-gateway.ts';
import type { Answer, Owner } from './client.ts';
import { mailed, subjectsTo } from './mails.ts';
import { trailOf } from './audit-trail.ts';
import { OPERATOR_EMAIL, type Platform, startPlatform } from './start-platform.ts';
import { SupportDesk } from './support-desk.ts';

const DAY_MS = 24 * 3600 * 1000;

let platform: Platform;
let desk: SupportDesk;
let owner: Owner;
let sam: Owner;

beforeAll(async () => {
  platform = await startPlatform({ gateways: [{}, {}] });
  desk = await SupportDesk.of(platform);
  ({ owner, sam } = desk);
});
afterAll(async () => platform.stop());

const later = (ms: number) => new Date(platform.clock.now().getTime() + ms).toISOString();

/** Whoever it is asks for a link, for a day unless the fields say otherwise. */
async function ask(staff: Owner, whom: string | Recipient, fields: object = {}): Promise<Answer> {
  const { userId, emailId } = typeof whom === 'string' ? await desk.recipient(whom) : whom;
  const body = { userId, emailId, expiresAt: later(DAY_MS), ...fields };
  return staff.call('POST', `${staff.path}/access-links`, { body });
}

/** Edits a link, and answers it with the secret that was mailed. */
async function edit(link: MailedLink, fields: object, staff = sam): Promise<AccessLink & { secret: string }> {
  const { answer, secret } = await mailedLink(platform, link.email, () =>
    staff.call('PATCH', link.path, { body: fields }),
  );
  expect(answer.status).toBe(200);
  return { ...AccessLink.parse(answer.body), secret };
}

describe('A link is made', () => {
  it('never for oneself', async () => {
    const olivia = await recipientOf(owner, { email: 'olivia@harbour.example' });
    for (const refused of [await ask(sam, 'Sam'), await ask(owner, olivia)])
      expect(refused).toMatchObject({ status: 422, code: 'own_link' });
  });

  it('for an owner by an owner alone', async () => {
    await desk.join('Oskar', 'owner');
    expect(await ask(sam, 'Oskar')).toMatchObject({ status: 403, code: 'forbidden' });
    expect((await ask(owner, 'Oskar')).status).toBe(201);
  });

  it('by owners and supporters alone, and never by a key', async () => {
    await desk.join('Nele');
    for (const role of ['manager', 'viewer'] as const)
      expect((await ask(await desk.join(`A-${role}`, role), 'Nele')).code).toBe('forbidden');
    const { program } = await keyOf(owner, { name: 'Sync', role: 'manager' });
    const asProgram = Object.assign(program, { accountId: owner.accountId, path: owner.path });
    expect((await ask(asProgram, 'Nele')).code).toBe('key_not_allowed');
    expect((await sam.call('GET', `${sam.path}/access-links?query=Nele`)).body).toMatchObject({ items: [] });
  });

  it('for a member, to a verified address of theirs', async () => {
    await desk.join('Mona');
    const mona = await desk.recipient('Mona');
    const { emailId } = await desk.recipient('Sam');
    const stranger = await recipientOf(desk.operator, { email: OPERATOR_EMAIL });
    for (const wrong of [{ ...mona, emailId }, { ...mona, userId: uuidv7() }, stranger])
      expect(await ask(sam, wrong)).toMatchObject({ status: 404, code: 'not_found' });
    expect((await ask(sam, mona)).status).toBe(201);
  });

  it('until some time in the next thirty days', async () => {
    await desk.join('Lena');
    for (const [expiresAt, code] of [
      [later(0), 'expiry_not_future'],
      [later(-DAY_MS), 'expiry_not_future'],
      [later(30 * DAY_MS + 1), 'expiry_too_far'],
    ])
      expect(await ask(sam, 'Lena', { expiresAt })).toMatchObject({ status: 422, code });
    expect((await ask(sam, 'Lena', { expiresAt: later(30 * DAY_MS) })).status).toBe(201);
  });

  it('once for a user: a second is refused while the first lives, whoever asks', async () => {
    const link = await desk.linkForNew('Kim');
    for (const staff of [sam, owner])
      expect(await ask(staff, 'Kim')).toMatchObject({ status: 409, code: 'access_link_exists' });
    expect((await owner.call('DELETE', link.path)).status).toBe(204);
    expect((await ask(sam, 'Kim')).status).toBe(201);
  });

  it('where the module is on', async () => {
    const links = `${desk.operator.path}/access-links`;
    expect(await desk.operator.call('GET', links)).toMatchObject({ status: 200, body: { items: [] } });
    expect((await desk.operator.call('POST', links, { body: {} })).code).toBe('module_disabled');
  });
});

describe('A link for a number of uses', () => {
  it('is used after the last, while its sessions go on', async () => {
    const link = await desk.linkForNew('Hugo', { maxUses: 2 });
    const sessions = [await desk.enter(link), await desk.enter(link)];
    expect(await desk.shown(link)).toMatchObject({ status: 'used', uses: 2, maxUses: 2 });
    expect(await redeemLink(desk.url, link.secret)).toMatchObject({ status: 401, code: 'invalid_link' });
    for (const session of sessions) expect((await session.call('GET', '/v1/session')).status).toBe(200);
    const actions = (await trailOf(owner, `access-link:${link.id}`, 4)).map(({ action }) => action);
    expect(actions.toSorted()).toEqual(
      ['created', 'redeemed', 'redeemed', 'used'].map((action) => `access-link.${action}`),
    );
  });

  it('is used once by one of many who try at the same time', async () => {
    const link = await desk.linkForNew('Gerd', { maxUses: 1 });
    const answers = await Promise.all(Array.from({ length: 8 }, () => redeemLink(desk.url, link.secret)));
    const codes = answers.map(({ code, status }) => code ?? status).toSorted();
    expect(codes).toEqual([201, ...Array.from({ length: 7 }, () => 'invalid_link')]);
  });

  it('leaves room for another link once it is used', async () => {
    const link = await desk.linkForNew('Fritz', { maxUses: 1 });
    await desk.enter(link);
    expect((await ask(sam, 'Fritz')).status).toBe(201);
    // To revive the first would make two.
    const revived = await sam.call('PATCH', link.path, { body: { maxUses: 3 } });
    expect(revived).toMatchObject({ status: 409, code: 'access_link_exists' });
  });
});

describe('A link that is edited', () => {
  it('is another: the old secret is dead, its sessions end, and the editor is behind the new ones', async () => {
    const link = await desk.linkForNew('Emil', { maxUses: 2 });
    const before = await desk.enter(link);
    const { id } = Session.parse((await before.call('GET', '/v1/session')).body);
    const edited = await edit(link, { expiresAt: later(2 * DAY_MS) }, owner);
    await expectOut(platform, before);
    expect(edited).toMatchObject({ id: link.id, status: 'live', uses: 0, maxUses: 2, editedBy: { name: 'Olivia' } });
    expect(edited.createdBy.name).toBe('Sam');
    expect(edited.secret).not.toBe(link.secret);
    expect((await redeemLink(desk.url, link.secret)).code).toBe('invalid_link');
    expect((await (await desk.enter(edited)).call('GET', '/v1/session')).body).toMatchObject({
      actor: { id: link.id, actor: { name: 'Olivia' } },
    });
    const last = (await trailOf(owner, `session:${id}`, 2)).at(-1);
    expect(last).toMatchObject({ action: 'session.ended', actor: { name: 'Olivia' } });
  });

  it('goes to the address that is named', async () => {
    const link = await desk.linkForNew('Dirk');
    const { email, emailId } = await desk.recipient('Dirk');
    expect(await edit(link, { emailId })).toMatchObject({ email });
    const { emailId: another } = await desk.recipient('Sam');
    expect((await sam.call('PATCH', link.path, { body: { emailId: another } })).code).toBe('not_found');
    expect(subjectsTo(platform, email)).toEqual(Array(2).fill('Sam sent you a link to Harbour Cranes'));
  });

  it('is live again though it was used up or had expired', async () => {
    const used = await desk.linkForNew('Cora', { maxUses: 1 });
    await desk.enter(used);
    const again = await edit(used, { maxUses: null });
    expect(again).toMatchObject({ status: 'live', uses: 0 });
    expect(again.maxUses).toBeUndefined();
    await desk.enter(again);
  });

  it('stays as it is when nothing is named, or somebody else was first', async () => {
    const link = await desk.linkForNew('Bert');
    const { headers } = await sam.call('GET', link.path);
    const etag = headers.get('etag') ?? '';
    expect(etag).toMatch(/^"\d+"$/);
    expect((await sam.call('PATCH', link.path, { body: {} })).status).toBe(200);
    await edit(link, { maxUses: 5 }, owner);
    const late = { headers: { 'if-match': etag }, body: { maxUses: 7 } };
    expect(await sam.call('PATCH', link.path, late)).toMatchObject({ status: 412, code: 'precondition_failed' });
    expect(subjectsTo(platform, link.email)).toHaveLength(2);
  });

  it('is refused a time that has passed, or is too far', async () => {
    const link = await desk.linkForNew('Anja');
    for (const [expiresAt, code] of [
      [later(0), 'expiry_not_future'],
      [later(31 * DAY_MS), 'expiry_too_far'],
    ])
      expect((await sam.call('PATCH', link.path, { body: { expiresAt } })).code).toBe(code);
    await desk.enter(link);
  });

  it('cannot be by whom it is for, nor for an owner by a supporter', async () => {
    await desk.join('Sue', 'supporter');
    const link = await desk.linkFor('Sue', {}, owner);
    const sue = await desk.signIn('Sue');
    expect((await sue.call('PATCH', link.path, { body: { maxUses: 3 } })).code).toBe('own_link');
    const forOskar = await desk.shown({ path: `${owner.path}/access-links/${await linkIdOf('Oskar')}` });
    const path = `${sam.path}/access-links/${forOskar.id}`;
    expect((await sam.call('PATCH', path, { body: { maxUses: 3 } })).code).toBe('forbidden');
    expect((await sam.call('DELETE', path)).code).toBe('forbidden');
  });
});

async function linkIdOf(name: string): Promise<string> {
  const { body } = await owner.call('GET', `${owner.path}/access-links?query=${name}`);
  return pageOf(AccessLink).parse(body).items[0]?.id ?? '';
}

describe('The list of links', () => {
  const listed = async (query: string) => {
    const { body } = await sam.call('GET', `${sam.path}/access-links?limit=100&${query}`);
    const names = pageOf(AccessLink)
      .parse(body)
      .items.map(({ user }) => user.name);
    return names.toSorted();
  };

  it('is searched by name, by user and by status', async () => {
    expect(await listed('query=emi')).toEqual(['Emil']);
    const { userId } = await desk.recipient('Dirk');
    expect(await listed(`userId=${userId}`)).toEqual(['Dirk']);
    expect(await listed('status=used')).toEqual(['Fritz', 'Gerd', 'Hugo']);
    expect(await listed('status=live')).not.toContain('Hugo');
    expect(await listed('status=locked')).toEqual([]);
  });
});

it('The waiver of two-factor is for owners, told the user, and lost with a supporter’s edit', async () => {
  await desk.join('Tina');
  expect(await ask(sam, 'Tina', { waiveTwoFactor: true })).toMatchObject({ status: 403, code: 'forbidden' });
  const link = await desk.linkFor('Tina', { waiveTwoFactor: true }, owner);
  expect(link.waiveTwoFactor).toBe(true);
  await mailed(platform, link.email, 'An access link to Harbour Cranes asks you for no code');
  expect(await edit(link, { maxUses: 3 }, owner)).toMatchObject({ waiveTwoFactor: true });
  expect((await sam.call('PATCH', link.path, { body: { waiveTwoFactor: true } })).code).toBe('forbidden');
  expect(await edit(link, { maxUses: 4 })).toMatchObject({ waiveTwoFactor: false, editedBy: { name: 'Sam' } });
  const { changes } = (await trailOf(owner, `access-link:${link.id}`, 3)).at(-1) ?? {};
  expect(changes).toEqual([
    { field: 'maxUses', from: 3, to: 4 },
    { field: 'waiveTwoFactor', from: true, to: false },
  ]);
});
