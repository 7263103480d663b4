import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Failure, joinByInvitation, previewInvitation, signIn } from '@valetkey/contracts';
import { makeSecret } from '@valetkey/credentials';
import { anyCaller } from '@valetkey/testing';
import { added, verified } from '../../test/addresses.ts';
import { PendingInvitations } from '../../test/invitations.ts';
import { anyone } from '../../test/people.ts';
import { granted, signedIn, userIdOf } from '../../test/signed-in.ts';
import { startIdentity, type TestIdentity } from '../../test/start-identity.ts';
import { toldEvents } from '../../test/told-events.ts';

const PASSWORD = 'long-winded giraffe quartz';
const AWAY = new Failure('unavailable', { retryAfter: 1 });

let identity: TestIdentity;
let invitations: PendingInvitations;

beforeAll(async () => {
  identity = await startIdentity();
  await identity.startReplica();
});
beforeEach(() => {
  invitations = new PendingInvitations();
  invitations.attach(identity.neighbours);
});
afterAll(async () => identity.stop());

const join = (token: string, newcomer: { name?: string; password?: string; locale?: string } = {}) =>
  identity.gateway.ask(joinByInvitation, { token, ...newcomer }, identity.context());
const grace = { name: 'Grace Hopper', password: PASSWORD, locale: 'pt' };

describe('a new user', () => {
  it('is made with the invited address verified, becomes the member, and signs in afterwards', async () => {
    const { email } = anyone();
    expect(await join(invitations.invite(email), grace)).toMatchObject({
      user: { name: 'Grace Hopper', email },
      role: 'viewer',
    });
    const id = await userIdOf(identity, email);
    expect(invitations.accepted).toEqual([{ userId: id, name: 'Grace Hopper', primaryEmail: email, version: 2 }]);
    expect(await toldEvents(identity.database, `user:${id}`)).toMatchObject([
      { type: 'dev.valetkey.user.registered.v1', actor: `user:${id}`, data: { name: 'Grace Hopper' } },
      { type: 'dev.valetkey.user.email-verified.v1', actor: `user:${id}` },
    ]);
    expect(await identity.gateway.ask(signIn, { email, password: PASSWORD }, identity.context())).toHaveProperty(
      'session.subject.id',
      id,
    );
  });

  it('is one, of however many requests at once', async () => {
    const { email } = anyone();
    const token = invitations.invite(email);
    const answers = await Promise.all(Array.from({ length: 4 }, () => join(token, grace)));
    expect(answers.filter((answer) => answer instanceof Failure)).toEqual([]);
    expect(new Set(invitations.accepted.map(({ userId }) => userId)).size).toBe(1);
  });

  it('who was made before tenancy went away becomes the member with the same secret and password', async () => {
    const { email } = anyone();
    const token = invitations.invite(email);
    const { acceptInvitation } = identity.neighbours;
    identity.neighbours.acceptInvitation = () => AWAY;
    expect(await join(token, grace)).toEqual(AWAY);
    const id = await userIdOf(identity, email);
    identity.neighbours.acceptInvitation = acceptInvitation;
    expect(await join(token, { ...grace, password: 'another good password indeed' })).toEqual(
      new Failure('wrong_password'),
    );
    expect(await join(token, grace)).toHaveProperty('user.id', id);
  });

  it('needs a good password', async () => {
    const token = invitations.invite(anyone().email);
    expect(await join(token, { name: 'Grace Hopper', password: 'gracehopper1906' })).toMatchObject({
      code: 'guessable_password',
    });
    expect(await join(token, { name: 'Grace Hopper' })).toMatchObject({ code: 'malformed' });
    expect(await join(token)).toEqual(new Failure('unauthenticated'));
    expect(await join(token, grace)).not.toBeInstanceOf(Failure);
  });

  it('is not made of an address that is a user’s already', async () => {
    const ada = await signedIn(identity);
    expect(await join(invitations.invite(ada.email), grace)).toMatchObject({
      code: 'invitation_for_another',
      extras: { detail: expect.stringContaining('sign in') },
    });
  });
});

describe('a user who is signed in', () => {
  it('becomes the member with any verified address of theirs', async () => {
    const ada = await signedIn(identity);
    const second = await verified(identity, ada);
    const token = invitations.invite(second.email);
    expect(await ada.ask(joinByInvitation, { token })).toMatchObject({ user: { id: ada.id, email: ada.email } });
    expect(invitations.accepted).toEqual([{ userId: ada.id, name: ada.name, primaryEmail: ada.email, version: 4 }]);
  });

  it('is refused another’s invitation, and one for an address that they have not verified', async () => {
    const ada = await signedIn(identity);
    const { email } = await added(identity, ada);
    const another = new Failure('invitation_for_another');
    expect(await ada.ask(joinByInvitation, { token: invitations.invite(email) })).toEqual(another);
    expect(await ada.ask(joinByInvitation, { token: invitations.invite(anyone().email) })).toEqual(another);
    expect(invitations.accepted).toEqual([]);
  });

  it.each([
    ['they are a member already', new Failure('already_member')],
    ['the invitation is of their own making', new Failure('own_role', { detail: 'Nobody invites themselves.' })],
  ])('is told when %s', async (_why, refusal) => {
    const ada = await signedIn(identity);
    identity.neighbours.acceptInvitation = () => refusal;
    const answer = await ada.ask(joinByInvitation, { token: invitations.invite(ada.email) });
    expect(answer).toEqual(refusal);
  });
});

it.each([
  ['access_key', 'key_not_allowed'],
  ['login_token', 'portal_only'],
] as const)('a %s accepts nothing', async (kind, code) => {
  const token = invitations.invite(anyone().email);
  const context = identity.context(anyCaller({ kind }));
  expect(await identity.gateway.ask(joinByInvitation, { token, ...grace }, context)).toEqual(new Failure(code));
});

describe('the preview of an invitation', () => {
  const preview = (token: string, address = '198.51.100.1') =>
    identity.gateway.ask(previewInvitation, { token }, identity.context(undefined, { address }));

  it('says to what it invites, and whether the address is a user’s; it consumes nothing', async () => {
    const ada = await signedIn(identity);
    const token = invitations.invite(ada.email);
    const shown = await preview(token);
    expect(shown).toEqual({
      account: { id: expect.any(String), name: 'Analytical Engines' },
      by: { name: 'Charles' },
      role: 'viewer',
      scope: { type: 'account', name: 'Analytical Engines' },
      email: ada.email,
      expiresAt: '2026-03-08T12:00:00.000Z',
      registered: true,
    });
    expect(await preview(token)).toEqual(shown);
    expect(granted(await preview(invitations.invite(anyone().email))).registered).toBe(false);
    expect(await ada.ask(joinByInvitation, { token })).not.toBeInstanceOf(Failure);
  });

  it('is refused for what opens nothing, a hundred times a minute and client', async () => {
    const guess = (token = makeSecret('vki')) => preview(token, '198.51.100.99');
    expect(await guess('hello')).toEqual(new Failure('invalid_token'));
    const answers = await Promise.all(Array.from({ length: 100 }, () => guess()));
    expect(answers).toEqual(Array.from({ length: 100 }, () => new Failure('invalid_token')));
    const token = invitations.invite(anyone().email);
    expect(await guess(token)).toEqual(new Failure('too_many_requests', { retryAfter: 60 }));
    expect(await preview(token)).not.toBeInstanceOf(Failure);
  });
});
