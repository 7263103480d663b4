import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Account, Invitation, type InvitationStatus, pageOf, type Role } from '@valetkey/contracts';
import { z } from 'zod';
import { type Answer, Client, mailedSecret, type Owner, ownerOf, signedIn } from './client.ts';
import { eventually } from './eventually.ts';
import { invite, joinAsNew, mailedBy } from './invitations.ts';
import { memberOf } from './members.ts';
import { membershipOf } from './membership-of.ts';
import { accountScope, someone } from './service-provider.ts';
import { standIn } from './stand-in.ts';
import { type Platform, startPlatform } from './start-platform.ts';

const DAY_MS = 24 * 3600 * 1000;
const ada = someone('Ada');

let platform: Platform;
let owner: Owner;

beforeAll(async () => {
  platform = await startPlatform({ gateways: [{}, {}] });
  owner = await ownerOf(platform, 'Harbour Cranes', ada);
});
afterAll(async () => platform.stop());

const outcome = ({ code, status }: Answer) => code ?? `${status}`;
const roleOf = async (client: Client): Promise<unknown> =>
  Reflect.get(Object((await client.call('GET', '/v1/session')).body), 'role');

describe('The last owner of an account', () => {
  const ROUNDS = 3;

  /** The owners of an account, each at a gateway of their own. */
  async function twoOwners(): Promise<[Owner, Owner]> {
    const { id } = Account.parse((await owner.call('POST', '/v1/accounts', { body: { name: 'Shared' } })).body);
    const first = await standIn(await signedIn(platform, ada), id);
    const second = await memberOf(platform, first, 'owner', { name: 'Bob' });
    return [first, await standIn(second.at(platform.gatewayUrls[1] ?? ''), id)];
  }

  type Move = (self: Owner, other: string) => Promise<Answer>;
  const demotes: Move = (self, other) => self.call('PATCH', other, { body: { role: 'manager' } });
  const removes: Move = (self, other) => self.call('DELETE', other);
  const leaves: Move = (self) => self.call('DELETE', `${self.path}/members/me`);

  it.each<[string, Move, Move, string[]]>([
    ['demote each other', demotes, demotes, ['forbidden']],
    ['remove each other', removes, removes, ['forbidden', 'no_account', 'not_found']],
    ['remove and demote each other', removes, demotes, ['forbidden', 'no_account', 'not_found']],
    ['leave', leaves, leaves, ['last_owner']],
  ])('stays when two owners %s at once: one of them fails', async (_what, one, other, refusals) => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const [first, second] = await twoOwners();
      const [a, b] = [await membershipOf('Ada', first), await membershipOf('Bob', first)];
      const answers = await Promise.all([one(first, b.path), other(second, a.path)]);
      const failed = answers.filter(({ status }) => status >= 300);
      expect(failed.map(outcome)).toEqual([expect.stringMatching(new RegExp(`^(${refusals.join('|')})$`))]);
      await eventually('one owner is left', async () => {
        const roles = [await roleOf(first), await roleOf(second)];
        return roles.filter((role) => role === 'owner').length === 1 || undefined;
      });
    }
  });

  it('may neither be demoted, nor removed, nor leave, nor change what they are', async () => {
    const { path, user } = await membershipOf('Ada', owner);
    const further = { userId: user.id, scope: accountScope(owner), role: 'viewer' };
    expect(outcome(await demotes(owner, path))).toBe('own_role');
    expect(outcome(await removes(owner, path))).toBe('own_role');
    expect(outcome(await leaves(owner, path))).toBe('last_owner');
    expect(outcome(await owner.call('POST', `${owner.path}/members`, { body: further }))).toBe('own_role');
  });
});

describe('Nobody', () => {
  const invited = (email: string, role: Role = 'viewer', by = owner) =>
    by.call('POST', `${owner.path}/invitations`, { body: { email, scope: accountScope(owner), role } });

  it('invites themselves, not behind a second address of theirs either', async () => {
    expect(outcome(await invited(ada.email))).toBe('own_role');
    const email = 'ada@home.example';
    await owner.call('POST', '/v1/users/me/emails', { body: { email, currentPassword: ada.password } });
    const token = await mailedSecret(platform, email, 'vkv');
    // Not verified yet it could be anybody's, so whose it is shows when the invitation is accepted.
    const { secret } = await invite(platform, owner, { email, scope: accountScope(owner), role: 'viewer' });
    expect(outcome(await owner.call('POST', '/v1/email-verifications', { body: { token } }))).toBe('204');
    expect(outcome(await owner.call('POST', '/v1/invitations/accept', { body: { token: secret } }))).toBe('own_role');
    expect(outcome(await invited(email, 'manager'))).toBe('own_role');
  });

  it('holds two roles in one scope, nor two invitations to it', async () => {
    await memberOf(platform, owner, 'viewer', { name: 'Vera' });
    const { user } = await membershipOf('Vera', owner);
    const body = { userId: user.id, scope: accountScope(owner), role: 'manager' };
    expect(outcome(await owner.call('POST', `${owner.path}/members`, { body }))).toBe('already_member');
    expect(outcome(await invited(user.email, 'manager'))).toBe('already_member');
    expect(outcome(await invited('tom@staff.example'))).toBe('201');
    expect(outcome(await invited('tom@staff.example', 'manager'))).toBe('already_invited');
  });

  it('who is a manager touches an owner or a supporter, or makes one', async () => {
    const max = await memberOf(platform, owner, 'manager', { name: 'Max' });
    await memberOf(platform, owner, 'supporter', { name: 'Sue' });
    const [boss, sue, vera] = [
      await membershipOf('Ada', owner),
      await membershipOf('Sue', owner),
      await membershipOf('Vera', owner),
    ];
    const change = async (path: string, role: Role) => outcome(await max.call('PATCH', path, { body: { role } }));
    for (const { path } of [boss, sue]) {
      expect(await change(path, 'viewer')).toBe('forbidden');
      expect(outcome(await max.call('DELETE', path))).toBe('forbidden');
    }
    for (const role of ['owner', 'supporter'] as const) {
      expect(await change(vera.path, role)).toBe('forbidden');
      expect(outcome(await invited('una@staff.example', role, max))).toBe('forbidden');
    }
    const above = await invite(platform, owner, {
      email: 'uma@staff.example',
      scope: accountScope(owner),
      role: 'owner',
    });
    expect(outcome(await max.call('DELETE', above.path))).toBe('forbidden');
    expect(outcome(await max.call('POST', `${above.path}/resend`))).toBe('forbidden');
    expect(await change(vera.path, 'manager')).toBe('200');
    expect(await change(vera.path, 'viewer')).toBe('200');
  });

  it('is an owner or a supporter of a group', async () => {
    const made = await owner.call('POST', `${owner.path}/groups`, { body: { name: 'North' } });
    const scope = { type: 'group', id: z.object({ id: z.string() }).parse(made.body).id };
    for (const role of ['owner', 'supporter']) {
      const body = { email: 'una@staff.example', scope, role };
      expect(outcome(await owner.call('POST', `${owner.path}/invitations`, { body }))).toBe('role_not_of_scope');
    }
  });
});

describe('An invitation', () => {
  const viewer = (email: string) => invite(platform, owner, { email, scope: accountScope(owner), role: 'viewer' });
  const accept = async (client: Client, token: string, more = {}) =>
    outcome(await client.call('POST', '/v1/invitations/accept', { body: { token, ...more } }));
  const anybody = () => new Client(owner.baseUrl);
  const named = (name: string) => ({ name, password: someone(name).password });

  async function statusOf({ id }: Invitation): Promise<InvitationStatus[]> {
    const all: InvitationStatus[] = ['pending', 'accepted', 'canceled', 'expired'];
    const among = async (status: InvitationStatus) => {
      const { body } = await owner.call('GET', `${owner.path}/invitations?limit=100&status=${status}`);
      return pageOf(Invitation)
        .parse(body)
        .items.some((one) => one.id === id && one.status === status);
    };
    const found = await Promise.all(all.map(among));
    return all.filter((_status, place) => found[place]);
  }

  it('is pending, then accepted, and accepted once', async () => {
    const newcomer = someone('Nina');
    const given = await viewer(newcomer.email);
    expect(await statusOf(given)).toEqual(['pending']);
    expect(await roleOf(await joinAsNew(platform, given.secret, newcomer))).toBe('viewer');
    expect(await statusOf(given)).toEqual(['accepted']);
    expect(await accept(anybody(), given.secret, named('Eve'))).toBe('invalid_token');
    for (const [method, path] of [
      ['DELETE', given.path],
      ['POST', `${given.path}/resend`],
    ] as const)
      expect(outcome(await owner.call(method, path))).toBe('invitation_ended');
  });

  it('that is sent again has a new secret and seven new days, and the old secret is dead', async () => {
    const newcomer = someone('Otto');
    const given = await viewer(newcomer.email);
    platform.clock.advance(60_000);
    const { answer, secret } = await mailedBy(platform, newcomer.email, () =>
      owner.call('POST', `${given.path}/resend`),
    );
    const expiresAt = new Date(platform.clock.now().getTime() + 7 * DAY_MS).toISOString();
    expect(answer).toMatchObject({ status: 200, body: { status: 'pending', expiresAt } });
    expect(await accept(anybody(), given.secret, named('Otto'))).toBe('invalid_token');
    expect(await roleOf(await joinAsNew(platform, secret, newcomer))).toBe('viewer');
  });

  it('that is canceled lets nobody in', async () => {
    const given = await viewer('pia@staff.example');
    expect(outcome(await owner.call('DELETE', given.path))).toBe('204');
    expect(await accept(anybody(), given.secret, named('Pia'))).toBe('invalid_token');
    expect(await statusOf(given)).toEqual(['canceled']);
    expect(outcome(await owner.call('DELETE', given.path))).toBe('invitation_ended');
    await viewer('pia@staff.example');
  });

  it('is for who has verified its address, and waits for them', async () => {
    const rosa = await ownerOf(platform, 'Rosa alone', someone('Rosa'));
    const given = await viewer('quin@staff.example');
    expect(await accept(rosa, given.secret)).toBe('invitation_for_another');
    const hers = await viewer(someone('Rosa').email);
    expect(await accept(anybody(), hers.secret, named('Impostor'))).toBe('invitation_for_another');
    expect(await accept(anybody(), hers.secret)).toBe('unauthenticated');
    for (const one of [given, hers]) expect(await statusOf(one)).toEqual(['pending']);
    expect(await accept(rosa, hers.secret)).toBe('200');
  });

  it('expires after seven days', async () => {
    const given = await viewer('rob@staff.example');
    const preview = async () =>
      outcome(await anybody().call('POST', '/v1/invitations/preview', { body: { token: given.secret } }));
    platform.clock.advance(7 * DAY_MS - 1);
    expect(await preview()).toBe('200');
    platform.clock.advance(1);
    expect(await preview()).toBe('invalid_token');
    expect(await accept(anybody(), given.secret, named('Rob'))).toBe('invalid_token');
    owner = await standIn(await signedIn(platform, ada), owner.accountId);
    expect(await statusOf(given)).toEqual(['expired']);
    expect(outcome(await owner.call('POST', `${given.path}/resend`))).toBe('invitation_ended');
    const again = await viewer('rob@staff.example');
    expect(await accept(anybody(), again.secret, named('Rob'))).toBe('200');
  });
});
