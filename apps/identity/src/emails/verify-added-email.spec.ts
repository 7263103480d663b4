import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Failure, isVerificationWanted, resendEmailVerification, signIn, verifyEmail } from '@valetkey/contracts';
import { v7 as uuidv7 } from 'uuid';
import { added, addressesOf, verified } from '../../test/addresses.ts';
import { anyone, registered } from '../../test/people.ts';
import { granted, type SignedIn, signedIn } from '../../test/signed-in.ts';
import { startIdentity, type TestIdentity } from '../../test/start-identity.ts';
import { toldEvents } from '../../test/told-events.ts';

const DAY_MS = 24 * 3_600_000;
const INVALID = new Failure('invalid_token');

let identity: TestIdentity;
let ada: SignedIn;

beforeAll(async () => {
  identity = await startIdentity();
  await identity.startReplica();
});
beforeEach(async () => {
  ada = await signedIn(identity);
});
afterAll(async () => identity.stop());

const verify = async (token: string) => identity.gateway.ask(verifyEmail, { token }, identity.context());
const secretOf = async (address: string, count?: number) => identity.neighbours.mails.secret(address, count);
const isWanted = async (verificationId: string) => {
  const notifications = await identity.as('notifications');
  return granted(await notifications.ask(isVerificationWanted, { verificationId }, identity.context())).wanted;
};

/** The id in the newest mail to an address. */
async function verificationIdOf(address: string, count = 1): Promise<string> {
  const mail = await identity.neighbours.mails.nth(address, count);
  return 'verificationId' in mail ? mail.verificationId : '';
}

describe('an added address', () => {
  it('is verified by its secret alone, which is told, and one signs in with it', async () => {
    const email = await added(identity, ada);
    expect(await verify(await secretOf(email.email))).toEqual({});
    expect(await addressesOf(ada)).toContainEqual({ ...email, verified: true });
    expect((await toldEvents(identity.database, `user:${ada.id}`)).at(-1)).toEqual({
      type: 'dev.valetkey.user.email-verified.v1',
      actor: `user:${ada.id}`,
      sequence: 4,
      data: { emailId: email.id },
    });
    const signedInWith = { email: email.email, password: ada.password };
    expect(await identity.gateway.ask(signIn, signedInWith, identity.context())).not.toBeInstanceOf(Failure);
  });

  it('is verified once, of however many that come at once', async () => {
    const { email } = await added(identity, ada);
    const token = await secretOf(email);
    const answers = await Promise.all(Array.from({ length: 20 }, async () => verify(token)));
    expect(answers.filter((answer) => !(answer instanceof Failure))).toEqual([{}]);
    expect(answers.filter((answer) => answer instanceof Failure)).toEqual(Array.from({ length: 19 }, () => INVALID));
  });

  it('is not verified after a day', async () => {
    const { email } = await added(identity, ada);
    identity.clock.advance(DAY_MS);
    expect(await isWanted(await verificationIdOf(email))).toBe(false);
    expect(await verify(await secretOf(email))).toEqual(INVALID);
  });

  it.each([
    ['by adding it too', async (address: string) => verified(identity, await signedIn(identity), address)],
    ['by signing up', async (address: string) => registered(identity, anyone({ email: address }))],
  ])('is whose who verified it first, %s', async (_how, take) => {
    const { email } = await added(identity, ada);
    const [token, verificationId] = [await secretOf(email), await verificationIdOf(email)];
    expect(await isWanted(verificationId)).toBe(true);
    await take(email);
    expect(await isWanted(verificationId)).toBe(false);
    expect(await verify(token)).toEqual(INVALID);
    expect((await addressesOf(ada)).find((one) => one.email === email)).toMatchObject({ verified: false });
  });

  it('is one’s when two verify it at once', async () => {
    const { email } = await added(identity, ada);
    const mine = await secretOf(email);
    await added(identity, await signedIn(identity), email);
    const answers = await Promise.all([mine, await secretOf(email, 2)].map(verify));
    expect(answers.filter((answer) => answer instanceof Failure)).toEqual([INVALID]);
  });
});

describe('asking for its mail again', () => {
  const resend = (user: SignedIn, emailId: string) => user.ask(resendEmailVerification, { emailId });

  it('makes a new secret, and the old one dies', async () => {
    const email = await added(identity, ada);
    const [old, oldId] = [await secretOf(email.email), await verificationIdOf(email.email)];
    expect(await resend(ada, email.id)).toEqual(email);
    const renewed = await secretOf(email.email, 2);
    expect(await isWanted(oldId)).toBe(false);
    expect(await verify(old)).toEqual(INVALID);
    expect(await verify(renewed)).toEqual({});
  });

  it('is refused for a verified one, and for what is not one’s own', async () => {
    const email = await verified(identity, ada);
    expect(await resend(ada, email.id)).toEqual(new Failure('email_verified'));
    const missing = new Failure('not_found');
    expect(await resend(ada, uuidv7())).toEqual(missing);
    expect(await resend(await signedIn(identity), email.id)).toEqual(missing);
  });

  it('mails an address at most ten times an hour, and answers alike', async () => {
    const [bob, other] = [await signedIn(identity), await signedIn(identity)];
    for (const user of [ada, other]) {
      const email = await added(identity, user, bob.email);
      for (let count = 0; count < 6; count += 1) expect(await resend(user, email.id)).toEqual(email);
    }
    identity.clock.advance(3_600_000);
    await added(identity, await signedIn(identity), bob.email);
    await identity.neighbours.mails.nth(bob.email, 11);
    expect(identity.neighbours.mails.to(bob.email)).toHaveLength(11);
  });

  it('answers alike for an address that is somebody else’s, and tells them', async () => {
    const bob = await signedIn(identity);
    const email = await added(identity, ada, bob.email);
    expect(await resend(ada, email.id)).toEqual(email);
    expect(await identity.neighbours.mails.nth(bob.email, 3)).toMatchObject({ template: 'already-registered' });
  });
});
