import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { redeemAccessLink } from '@valetkey/contracts';
import { LinkHolders, type Mailed } from '../../test/link-holders.ts';
import { RIGHT_CODE } from '../../test/link-people.ts';
import { HOUR, MINUTE, type Owner, SECOND, Tokens } from '../../test/tokens.ts';

const password = 'blue tram';
const right = { password };
const wrong = { password: 'red tram' };
const from = (address: string) => ({ address });
const [here, there] = [from('198.51.100.1'), from('198.51.100.2')];

let tokens: Tokens;
let holders: LinkHolders;
let owner: Owner;
let mailed: Mailed;

beforeAll(async () => {
  tokens = await Tokens.start();
  holders = new LinkHolders(tokens);
});
beforeEach(async () => {
  owner = await holders.links.owner();
  mailed = await holders.mailed(owner, { password });
});
afterAll(() => tokens.stop());

/** So many wrong passwords, each from a client of its own unless one is named; how they were answered. */
async function mistakes(count: number, client = (one: number) => from(`203.0.113.${one}`)): Promise<unknown[]> {
  return Promise.all(Array.from({ length: count }, (_, one) => holders.refusal(mailed, wrong, client(one))));
}

describe('Wrong passwords of a link', () => {
  it('are answered five times in 15 minutes; then the client waits, whatever it brings', async () => {
    for (let tries = 0; tries < 5; tries += 1) {
      expect(await holders.refusal(mailed, wrong, here)).toBe('wrong_password');
      tokens.service.clock.advance(MINUTE);
    }
    expect(await holders.refusal(mailed, wrong, here)).toBe('too_many_requests');
    expect(await holders.refusal(mailed, {}, here)).toBe('too_many_requests');
    const context = tokens.service.context(undefined, here);
    const answer = await tokens.service.gateway.ask(redeemAccessLink, { token: mailed.secret, ...right }, context);
    expect(answer).toMatchObject({ code: 'too_many_requests', extras: { retryAfter: 600 } });

    tokens.service.clock.advance(10 * MINUTE);
    expect(await holders.refusal(mailed, right, here)).toBeUndefined();
  });

  it('of one holder do not lock out another', async () => {
    await mistakes(5, () => here);
    expect(await holders.refusal(mailed, right, here)).toBe('too_many_requests');
    expect(await holders.refusal(mailed, right, there)).toBeUndefined();
  });

  it('from anywhere in the /64 of an IPv6 client are its own', async () => {
    await mistakes(5, (one) => from(`2001:db8::${one + 1}`));
    expect(await holders.refusal(mailed, right, from('2001:db8::99'))).toBe('too_many_requests');
    expect(await holders.refusal(mailed, right, from('2001:db8:0:1::1'))).toBeUndefined();
  });

  it('on one link are none on another', async () => {
    await mistakes(5, () => here);
    const other = await holders.mailed(owner, { password });
    expect(await holders.refusal(other, right, here)).toBeUndefined();
  });

  it('are forgotten with the secret: an edited link has tries of its own', async () => {
    await mistakes(5, () => here);
    await holders.links.edit(owner, mailed.link, { password });
    const secret = await holders.links.secretOf(mailed.link, 2);
    expect(await holders.refusal({ secret }, right, here)).toBeUndefined();
  });

  it('in a burst are answered five times too', async () => {
    const answers = await mistakes(12, () => here);
    expect(answers.filter((answer) => answer === 'wrong_password')).toHaveLength(5);
    expect(answers.filter((answer) => answer === 'too_many_requests')).toHaveLength(7);
    expect(await tokens.sql('SELECT wrong_tries FROM access_links WHERE id = $1', [mailed.link.id])).toEqual([
      { wrong_tries: 5 },
    ]);
  });
});

it('Wrong codes count with wrong passwords', async () => {
  mailed = await holders.mailed(owner, { password }, { twoFactor: true });
  await mistakes(3, () => here);
  for (let tries = 0; tries < 2; tries += 1)
    expect(await holders.refusal(mailed, { password, code: '000000' }, here)).toBe('wrong_code');
  expect(await holders.refusal(mailed, { password, code: RIGHT_CODE }, here)).toBe('too_many_requests');
});

describe('No try is', () => {
  it('asking without a password, or without a code', async () => {
    mailed = await holders.mailed(owner, { password }, { twoFactor: true });
    for (let tries = 0; tries < 6; tries += 1) {
      expect(await holders.refusal(mailed, {}, here)).toBe('password_required');
      expect(await holders.refusal(mailed, right, here)).toBe('code_required');
    }
    expect(await tokens.sql('SELECT wrong_tries FROM access_links WHERE id = $1', [mailed.link.id])).toEqual([
      { wrong_tries: 0 },
    ]);
  });

  it('a right password, however many come at once', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => holders.refusal(mailed, right, here)));
    expect(new Set(answers)).toEqual(new Set([undefined]));
  });

  it('what tenancy spoils by being away', async () => {
    tokens.lostPlaces.add(`${mailed.person.userId} silence`);
    for (let tries = 0; tries < 6; tries += 1) expect(await holders.refusal(mailed, right, here)).toBe('unavailable');
    tokens.lostPlaces.delete(`${mailed.person.userId} silence`);
    expect(await holders.refusal(mailed, right, here)).toBeUndefined();
  });
});

describe('The twentieth wrong try in all', () => {
  it('locks the link, which is told with whom to mail', async () => {
    expect(new Set(await mistakes(19))).toEqual(new Set(['wrong_password']));
    expect((await holders.look(owner, mailed))?.status).toBe('live');
    expect(await holders.refusal(mailed, wrong, here)).toBe('wrong_password');

    expect((await holders.look(owner, mailed))?.status).toBe('locked');
    expect(await holders.refusal(mailed, right, there)).toBe('invalid_link');
    const [, locked] = await tokens.eventsOf(`access-link:${mailed.link.id}`);
    const user = { id: mailed.person.userId, name: 'Uma User' };
    expect(locked).toMatchObject({
      type: 'dev.valetkey.access-link.locked.v1',
      actor: `anonymous:${here.address}`,
      data: { user, editorId: owner.subject.id },
    });
    expect(locked).not.toHaveProperty('onbehalfof');
  });

  it('is one of any number at once: twenty are told that they were wrong, and it is locked once', async () => {
    const answers = await mistakes(40);
    expect(answers.filter((answer) => answer === 'wrong_password')).toHaveLength(20);
    expect(answers.filter((answer) => answer === 'invalid_link')).toHaveLength(20);
    expect(await tokens.told(`access-link:${mailed.link.id}`)).toEqual(['created', 'locked']);
  });

  it('leaves the sessions that the link has opened', async () => {
    const opened = await holders.redeem(mailed, right);
    await mistakes(20);
    expect(await tokens.live(opened)).toEqual([true]);
  });

  it('is undone by an edit', async () => {
    await mistakes(20);
    await holders.links.edit(owner, mailed.link, { expiresAt: tokens.later(2 * HOUR).toISOString() });
    expect(await holders.look(owner, mailed)).toMatchObject({ status: 'live' });
    const secret = await holders.links.secretOf(mailed.link, 2);
    expect(await holders.refusal({ secret }, right)).toBeUndefined();
  });
});

it('What was counted names no address, and is forgotten with its window', async () => {
  await mistakes(1, () => here);
  const [row] = await tokens.sql('SELECT string_agg(t::text, $1) AS all FROM throttles t', ['\n']);
  expect(String(row?.['all'])).not.toContain('198.51.100');
  await tokens.pass(15 * MINUTE + SECOND);
  expect(await tokens.sql('SELECT 1 FROM throttles')).toEqual([]);
});
