import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addEmail, Failure, isFailure, MOST_EMAILS } from '@valetkey/contracts';
import { added, addressesOf, verified } from '../../test/addresses.ts';
import { anyone } from '../../test/people.ts';
import { granted, type SignedIn, signedIn } from '../../test/signed-in.ts';
import { startIdentity, type TestIdentity } from '../../test/start-identity.ts';
import { toldEvents } from '../../test/told-events.ts';

let identity: TestIdentity;
let ada: SignedIn;

beforeAll(async () => {
  identity = await startIdentity();
  await identity.startReplica();
  ada = await signedIn(identity);
});
afterAll(async () => identity.stop());

const add = (user: SignedIn, email: string, currentPassword = user.password) =>
  user.ask(addEmail, { email, currentPassword });
const codes = (answers: readonly unknown[]) => answers.map((answer) => (isFailure(answer) ? answer.code : 'added'));

describe('adding an address', () => {
  it('shows it unverified, tells it without saying which it is, and mails a secret', async () => {
    const email = 'Countess@Example.com';
    const answer = await add(ada, email);
    expect(answer).toEqual({
      id: expect.any(String),
      email: 'countess@example.com',
      verified: false,
      primary: false,
      createdAt: expect.any(String),
    });
    expect(await addressesOf(ada)).toContainEqual(answer);
    const events = await toldEvents(identity.database, `user:${ada.id}`);
    expect(events.at(-1)).toEqual({
      type: 'dev.valetkey.user.email-added.v1',
      actor: `user:${ada.id}`,
      sequence: 3,
      data: { emailId: granted(answer).id },
    });
    expect(await identity.neighbours.mails.nth('countess@example.com', 1)).toEqual({
      template: 'address-verification',
      to: 'countess@example.com',
      locale: 'en',
      secret: expect.stringMatching(/^vkv_/),
      verificationId: expect.any(String),
    });
  });

  it('that is somebody else’s shows the same, and only its mail differs', async () => {
    const bob = await signedIn(identity, anyone({ name: 'Bob', locale: 'pt' }));
    const stranger = await add(ada, anyone().email);
    const taken = await add(ada, bob.email);
    expect(taken).toEqual({ ...granted(stranger), id: expect.any(String), email: bob.email });
    expect(await identity.neighbours.mails.nth(bob.email, 2)).toEqual({
      template: 'already-registered',
      to: bob.email,
      name: 'Bob',
      locale: 'pt',
    });
    const { rows } = await identity.database.query(
      'SELECT 1 FROM email_verifications v JOIN emails e ON e.id = v.email_id WHERE address = $1',
      [bob.email],
    );
    expect(rows).toHaveLength(1);
  });

  it('that one has already is refused', async () => {
    const { email } = await added(identity, ada);
    expect(await add(ada, email)).toEqual(new Failure('email_taken'));
    expect(await add(ada, ada.email.toUpperCase())).toEqual(new Failure('email_taken'));
  });

  it('twice at once adds it once', async () => {
    const { email } = anyone();
    const answers = await Promise.all(Array.from({ length: 10 }, () => add(ada, email)));
    expect(codes(answers).toSorted()).toEqual(['added', ...Array.from({ length: 9 }, () => 'email_taken')]);
  });

  it('keeps no secret in clear', async () => {
    const { email } = await added(identity, ada);
    const secret = await identity.neighbours.mails.secret(email);
    const { rows } = await identity.database.query('SELECT v::text AS text FROM email_verifications v');
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  it('ends at twenty, in a burst too', async () => {
    const bob = await signedIn(identity);
    const answers = await Promise.all(Array.from({ length: MOST_EMAILS + 5 }, () => add(bob, anyone().email)));
    expect(codes(answers).filter((code) => code === 'email_limit_reached')).toHaveLength(6);
    expect(await addressesOf(bob)).toHaveLength(MOST_EMAILS);
  });

  it('is done at most 60 times an hour, resends included', async () => {
    const bob = await signedIn(identity);
    const answers = await Promise.all(Array.from({ length: 65 }, () => add(bob, bob.email)));
    expect(codes(answers).filter((code) => code === 'too_many_requests')).toHaveLength(5);
    identity.clock.advance(3_600_000);
    expect(await add(bob, anyone().email)).not.toBeInstanceOf(Failure);
  });
});

describe('the current password', () => {
  it('is needed, and wrong ones are five in a quarter of an hour', async () => {
    const bob = await signedIn(identity);
    const wrong = await Promise.all(Array.from({ length: 20 }, () => add(bob, anyone().email, 'another password')));
    expect(codes(wrong).filter((code) => code === 'wrong_password')).toHaveLength(5);
    expect(await add(bob, anyone().email)).toEqual(new Failure('too_many_requests', { retryAfter: 900 }));
    identity.clock.advance(900_000);
    expect(await add(bob, anyone().email)).not.toBeInstanceOf(Failure);
  });

  it('costs no try when it is right', async () => {
    const bob = await signedIn(identity);
    const answers = await Promise.all(Array.from({ length: 12 }, () => add(bob, anyone().email)));
    expect(new Set(codes(answers))).toEqual(new Set(['added']));
  });
});

it('the list of addresses is one’s own, in pages', async () => {
  const bob = await signedIn(identity);
  const second = await verified(identity, bob);
  const third = await added(identity, bob);
  const [newest, ...others] = await addressesOf(bob);
  expect(newest).toEqual(third);
  expect(others).toEqual([
    second,
    { ...second, id: expect.any(String), email: bob.email, primary: true, createdAt: expect.any(String) },
  ]);
});
