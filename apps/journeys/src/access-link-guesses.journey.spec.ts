import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeSecret } from '@valetkey/credentials';
import { mailedLink, type MailedLink, redeemLink } from './access-links.ts';
import { inWords, trailOf } from './audit-trail.ts';
import { mailed, subjectsTo } from './mails.ts';
import { type Platform, startPlatform } from './start-platform.ts';
import { SupportDesk } from './support-desk.ts';

const QUARTER_MS = 15 * 60_000;
const password = 'third gate, left';

let platform: Platform;
let desk: SupportDesk;

beforeAll(async () => {
  // So that clients may come from many addresses.
  platform = await startPlatform({ gateways: [{ TRUSTED_PROXIES: '127.0.0.1/32' }] });
  desk = await SupportDesk.of(platform);
});
afterAll(async () => platform.stop());

/** Shows a link with a password so many times from an address; the codes of the refusals, or 201. */
async function show({ secret }: Pick<MailedLink, 'secret'>, given: string, address: string, times = 1) {
  const answers: unknown[] = [];
  for (let time = 0; time < times; time += 1) {
    const { code, status } = await redeemLink(desk.url, secret, { password: given }, address);
    answers.push(code ?? status);
  }
  return answers;
}
const wrong = (times: number) => Array.from({ length: times }, () => 'wrong_password');

describe('Wrong passwords of a link', () => {
  it('are five in a quarter of an hour from one address, and the others’ are their own', async () => {
    const link = await desk.linkForNew('Vera', { password });
    expect(await show(link, 'no gate', '192.0.2.1', 5)).toEqual(wrong(5));
    const refused = await redeemLink(desk.url, link.secret, { password }, '192.0.2.1');
    expect(refused).toMatchObject({ status: 429, code: 'too_many_requests' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await show(link, password, '192.0.2.2')).toEqual([201]);
    platform.clock.advance(QUARTER_MS);
    expect(await show(link, password, '192.0.2.1')).toEqual([201]);
  });

  it('are not those that were right, however many', async () => {
    const link = await desk.linkForNew('Nora', { password });
    expect(await show(link, 'no gate', '192.0.2.3', 4)).toEqual(wrong(4));
    expect(await show(link, password, '192.0.2.3', 6)).toEqual(Array(6).fill(201));
    const { code } = await redeemLink(desk.url, link.secret, {}, '192.0.2.3');
    expect(code).toBe('password_required');
    expect(await show(link, 'no gate', '192.0.2.3')).toEqual(wrong(1));
  });

  it('lock it at the twentieth in all; its sessions go on, its maker is told, and an edit unlocks it', async () => {
    const link = await desk.linkForNew('Otto', { password });
    const session = await desk.enter(link, { password });
    for (const address of ['192.0.2.11', '192.0.2.12', '192.0.2.13', '192.0.2.14'])
      expect(await show(link, 'no gate', address, 5)).toEqual(wrong(5));
    expect(await show(link, password, '192.0.2.15')).toEqual(['invalid_link']);
    expect(await desk.shown(link)).toMatchObject({ status: 'locked' });
    expect((await session.call('GET', '/v1/session')).status).toBe(200);
    await mailed(platform, desk.emailOf('Sam'), 'The access link for Otto was locked');
    expect((await trailOf(desk.owner, `access-link:${link.id}`, 3)).map(inWords).at(-1)).toMatch(/^access-link.locked/);
    const second = await desk.recipient('Otto');
    const body = { userId: second.userId, emailId: second.emailId, expiresAt: link.expiresAt };
    const links = `${desk.sam.path}/access-links`;
    expect((await desk.sam.call('POST', links, { body })).code).toBe('access_link_exists');

    const unlock = () => desk.owner.call('PATCH', link.path, { body: { password } });
    const { secret } = await mailedLink(platform, link.email, unlock);
    expect(await desk.shown(link)).toMatchObject({ status: 'live', uses: 0, editedBy: { name: 'Olivia' } });
    expect(await show({ secret }, password, '192.0.2.11')).toEqual([201]);
    expect((await session.call('GET', '/v1/session')).code).toBe('unauthenticated');
  });

  it('tell whoever edited it last of the lock, and nobody else', async () => {
    const link = await desk.linkForNew('Paul', { password }, desk.owner);
    const edit = () => desk.sam.call('PATCH', link.path, { body: { maxUses: 3 } });
    const { secret } = await mailedLink(platform, link.email, edit);
    for (const address of ['192.0.2.21', '192.0.2.22', '192.0.2.23', '192.0.2.24'])
      await show({ secret }, 'no gate', address, 5);
    const subject = 'The access link for Paul was locked';
    await mailed(platform, desk.emailOf('Sam'), subject);
    for (const email of ['olivia@harbour.example', desk.emailOf('Paul')])
      expect(subjectsTo(platform, email)).not.toContain(subject);
  });
});

describe('Links that nobody was sent', () => {
  it('are one answer, whatever is wrong with them', async () => {
    for (const secret of [makeSecret('vka'), makeSecret('vkl'), `${makeSecret('vka').slice(0, -1)}?`, 'vka_', 'x'])
      expect(await show({ secret }, password, '192.0.2.30')).toEqual(['invalid_link']);
  });

  it('are guessed a hundred times a minute from one address, not oftener', async () => {
    const link = await desk.linkForNew('Rosa', { password });
    const guess = async () => (await show({ secret: makeSecret('vka') }, 'guess', '192.0.2.31'))[0];
    const guesses = await Promise.all(Array.from({ length: 110 }, guess));
    expect(guesses.filter((code) => code === 'invalid_link')).toHaveLength(100);
    expect(guesses.filter((code) => code === 'too_many_requests')).toHaveLength(10);
    expect(await show(link, password, '192.0.2.32')).toEqual([201]);
    platform.clock.advance(60_000);
    expect(await show(link, password, '192.0.2.31')).toEqual([201]);
  });
});
