import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  Failure,
  isVerificationWanted,
  renewVerification,
  resendVerification,
  signUp,
  verifyEmail,
} from '@valetkey/contracts';
import { v7 as uuidv7 } from 'uuid';
import { everythingDelivered } from '../../test/everything-delivered.ts';
import { anyone, registered } from '../../test/people.ts';
import { startIdentity, type TestIdentity } from '../../test/start-identity.ts';

let identity: TestIdentity;

beforeAll(async () => {
  identity = await startIdentity();
});
afterAll(async () => identity.stop());

const resend = async (email: string, address = '198.51.100.1') =>
  identity.gateway.ask(resendVerification, { email }, identity.context(undefined, { address }));
const verify = async (token: string, password: string) =>
  identity.gateway.ask(verifyEmail, { token, password }, identity.context());

async function signedUp(person = anyone()) {
  await identity.gateway.ask(signUp, person, identity.context());
  const mail = await identity.neighbours.mails.nth(person.email, 1);
  if (mail.template !== 'verification') throw new Error('The address is somebody’s already');
  return { ...person, token: mail.secret, verificationId: mail.verificationId };
}

describe('asking for the mail again', () => {
  it('makes a new secret, and the old one dies', async () => {
    const { email, password, token } = await signedUp();
    expect(await resend(email)).toEqual({});
    const renewed = await identity.neighbours.mails.secret(email, 2);
    expect(await verify(token, password)).toEqual(new Failure('invalid_token'));
    expect(await verify(renewed, password)).toEqual({});
  });

  it('revives a sign-up whose secret has expired', async () => {
    const { email, password } = await signedUp();
    identity.clock.advance(3 * 24 * 3_600_000);
    await resend(email);
    expect(await verify(await identity.neighbours.mails.secret(email, 2), password)).toEqual({});
  });

  it('answers and writes alike for an address that is unknown or somebody’s, and mails neither', async () => {
    const user = await registered(identity);
    const stranger = anyone();
    expect(await resend(stranger.email)).toEqual({});
    expect(await resend(user.email)).toEqual({});
    await everythingDelivered(identity);
    expect(identity.neighbours.mails.to(stranger.email)).toEqual([]);
    expect(identity.neighbours.mails.to(user.email)).toHaveLength(1);
    const { rows } = await identity.database.query(
      `SELECT subject, body FROM outbox WHERE subject = $1 ORDER BY id DESC LIMIT 2`,
      [renewVerification.subject],
    );
    const ordered = { subject: renewVerification.subject, body: null };
    expect(rows).toEqual([ordered, ordered]);
  });

  it('renews the newest sign-up only, so that nobody else’s mail is spoilt', async () => {
    const mine = await signedUp();
    identity.clock.advance(1);
    await identity.gateway.ask(signUp, anyone({ email: mine.email }), identity.context());
    await identity.neighbours.mails.nth(mine.email, 2);
    await resend(mine.email);
    await identity.neighbours.mails.nth(mine.email, 3);
    expect(await verify(mine.token, mine.password)).toEqual({});
  });

  it('mails an address at most ten times an hour, whoever asks; the last of the mails stays good', async () => {
    const { email, password } = await signedUp();
    for (let client = 1; client <= 12; client += 1) expect(await resend(email, `198.51.102.${client}`)).toEqual({});
    await everythingDelivered(identity);
    expect(identity.neighbours.mails.to(email)).toHaveLength(1 + 10);
    expect(await verify(await identity.neighbours.mails.secret(email, 11), password)).toEqual({});
  });

  it('is done at most 60 times an hour by a client', async () => {
    const answers = await Promise.all(Array.from({ length: 61 }, async () => resend(anyone().email, '198.51.100.60')));
    expect(answers.filter((answer) => answer instanceof Failure)).toEqual([
      new Failure('too_many_requests', { retryAfter: 3600 }),
    ]);
  });
});

describe('an order to renew', () => {
  const orderedAt = (milliseconds: number) => uuidv7({ msecs: identity.clock.now().getTime() + milliseconds });

  async function deliver(email: string, ...verificationIds: string[]): Promise<void> {
    const identityItself = await identity.as('identity');
    for (const verificationId of verificationIds) {
      await identityItself.ask(renewVerification, { email, verificationId }, identity.context());
    }
    await everythingDelivered(identity);
  }

  it.each([
    ['in the moment of the sign-up', 0],
    ['by a replica whose clock lags behind', -60_000],
    ['by a replica whose clock is ahead', 60_000],
  ])('that is given %s mails', async (_when, milliseconds) => {
    const { email, password } = await signedUp();
    const verificationId = orderedAt(milliseconds);
    await deliver(email, verificationId);
    expect(await identity.neighbours.mails.nth(email, 2)).toMatchObject({ verificationId });
    expect(await verify(await identity.neighbours.mails.secret(email, 2), password)).toEqual({});
  });

  it('that is delivered again mails no more, and leaves the secret of the newest mail good', async () => {
    const { email, password } = await signedUp();
    const [first, second] = [orderedAt(0), orderedAt(0)];
    await deliver(email, first, first, second, first, second);
    expect(identity.neighbours.mails.to(email)).toHaveLength(3);
    expect(await verify(await identity.neighbours.mails.secret(email, 3), password)).toEqual({});
  });

  it('that is delivered twice at once mails once', async () => {
    const { email, password } = await signedUp();
    const order = { email, verificationId: orderedAt(0) };
    const identityItself = await identity.as('identity');
    await Promise.all(
      Array.from({ length: 10 }, () => identityItself.ask(renewVerification, order, identity.context())),
    );
    await everythingDelivered(identity);
    expect(identity.neighbours.mails.to(email)).toHaveLength(2);
    expect(await verify(await identity.neighbours.mails.secret(email, 2), password)).toEqual({});
  });
});

describe('a verification', () => {
  const isWanted = async (verificationId: string) => {
    const notifications = await identity.as('notifications');
    return notifications.ask(isVerificationWanted, { verificationId }, identity.context());
  };

  it('is wanted while it waits', async () => {
    expect(await isWanted((await signedUp()).verificationId)).toEqual({ wanted: true });
    expect(await isWanted(uuidv7())).toEqual({ wanted: false });
  });

  it('is not wanted once it was used', async () => {
    const { verificationId, token, password } = await signedUp();
    await verify(token, password);
    expect(await isWanted(verificationId)).toEqual({ wanted: false });
  });

  it('is not wanted once it was renewed', async () => {
    const { verificationId, email } = await signedUp();
    await resend(email);
    await identity.neighbours.mails.nth(email, 2);
    expect(await isWanted(verificationId)).toEqual({ wanted: false });
  });

  it('is not wanted once it has expired', async () => {
    const { verificationId } = await signedUp();
    identity.clock.advance(24 * 3_600_000);
    expect(await isWanted(verificationId)).toEqual({ wanted: false });
  });

  it('is not wanted once the address is somebody else’s', async () => {
    const mine = await signedUp();
    const theirs = anyone({ email: mine.email });
    await identity.gateway.ask(signUp, theirs, identity.context());
    const mail = await identity.neighbours.mails.nth(mine.email, 2);
    await verify(mine.token, mine.password);
    expect(await isWanted('verificationId' in mail ? mail.verificationId : '')).toEqual({ wanted: false });
  });
});
