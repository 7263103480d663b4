import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Email, Failure, makeEmailPrimary, removeEmail, verifyEmail } from '@valetkey/contracts';
import { waitUntil } from '@valetkey/testing/stack';
import { v7 as uuidv7 } from 'uuid';
import { added, addressesOf, verified } from '../../test/addresses.ts';
import { type SignedIn, signedIn } from '../../test/signed-in.ts';
import { startIdentity, type TestIdentity } from '../../test/start-identity.ts';
import { toldEvents } from '../../test/told-events.ts';

let identity: TestIdentity;
let ada: SignedIn;
let first: Email;

beforeAll(async () => {
  identity = await startIdentity();
  await identity.startReplica();
});
beforeEach(async () => {
  ada = await signedIn(identity);
  const [only] = await addressesOf(ada);
  if (!only) throw new Error('Who signed up has an address');
  first = only;
});
afterAll(async () => identity.stop());

const remove = ({ id: emailId }: { id: string }, user = ada) => user.ask(removeEmail, { emailId });
const makePrimary = ({ id: emailId }: { id: string }, currentPassword = ada.password, user = ada) =>
  user.ask(makeEmailPrimary, { emailId, currentPassword });
const primaryOf = async (user: SignedIn) => (await addressesOf(user)).filter(({ primary }) => primary);

async function profileTold(primaryEmail: string): Promise<number> {
  const told = await waitUntil(
    async () => identity.neighbours.profiles.find((one) => one.userId === ada.id && one.primaryEmail === primaryEmail),
    { timeoutMs: 5_000 },
  );
  return told?.version ?? 0;
}

describe('removing an address', () => {
  it('tells it, and its verification is void', async () => {
    const email = await added(identity, ada);
    expect(await remove(email)).toEqual({});
    expect(await addressesOf(ada)).toEqual([first]);
    expect((await toldEvents(identity.database, `user:${ada.id}`)).at(-1)).toMatchObject({
      type: 'dev.valetkey.user.email-removed.v1',
      data: { emailId: email.id },
    });
    const token = await identity.neighbours.mails.secret(email.email);
    const verifying = await identity.gateway.ask(verifyEmail, { token }, identity.context());
    expect(verifying).toEqual(new Failure('invalid_token'));
  });

  it('has ended the links that were mailed there before it answers, and orders it so that it happens for sure', async () => {
    const ended: unknown[] = [];
    identity.neighbours.endAddressLinks = (input) => ended.push(input) && {};
    const email = await added(identity, ada);
    await remove(email);
    expect(ended).toContainEqual({ userId: ada.id, emailId: email.id });
    const twice = await waitUntil(async () => ended.length >= 2 || undefined, { timeoutMs: 5_000 });
    expect(twice).toBe(true);
  });

  it('stands when tokens is away, and says that what it ends is still to end', async () => {
    identity.neighbours.endAddressLinks = () => new Failure('unavailable');
    const email = await added(identity, ada);
    expect(await remove(email)).toMatchObject({ code: 'revocation_pending' });
    expect(await addressesOf(ada)).toEqual([first]);
    identity.neighbours.endAddressLinks = () => ({});
  });

  it('is refused for the last verified one, however many wait to be', async () => {
    await added(identity, ada);
    expect(await remove(first)).toEqual(new Failure('last_verified_email'));
  });

  it('leaves one of two verified ones that are removed at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const user = await signedIn(identity);
      const second = await verified(identity, user);
      const answers = await Promise.all([...(await addressesOf(user)), second].map((email) => remove(email, user)));
      expect(answers).toContainEqual({});
      expect(answers).toContainEqual(new Failure('last_verified_email'));
      expect(await primaryOf(user)).toHaveLength(1);
    }
  });

  it('that is the primary one makes the oldest verified one primary, of which tenancy is told', async () => {
    await added(identity, ada);
    const heir = await verified(identity, ada);
    await verified(identity, ada);
    expect(await remove(first)).toEqual({});
    expect(await primaryOf(ada)).toEqual([{ ...heir, primary: true }]);
    expect(await profileTold(heir.email)).toBe(8);
  });

  it('of another is removing nothing', async () => {
    const bob = await signedIn(identity);
    await verified(identity, ada);
    expect(await remove(first, bob)).toEqual(new Failure('not_found'));
    expect(await remove({ id: uuidv7() })).toEqual(new Failure('not_found'));
  });
});

describe('making an address primary', () => {
  it('needs the current password, and tells tenancy', async () => {
    const second = await verified(identity, ada);
    expect(await makePrimary(second, 'another password')).toEqual(new Failure('wrong_password'));
    expect(await makePrimary(second)).toEqual({ ...second, primary: true });
    expect(await addressesOf(ada)).toEqual([
      { ...second, primary: true },
      { ...first, primary: false },
    ]);
    expect(await profileTold(second.email)).toBe(5);
  });

  it('that is so already changes nothing', async () => {
    expect(await makePrimary(first)).toEqual(first);
  });

  it('is refused for one that is not verified, and for what is not one’s own', async () => {
    expect(await makePrimary(await added(identity, ada))).toEqual(new Failure('email_not_verified'));
    const bob = await signedIn(identity);
    expect(await makePrimary(first, bob.password, bob)).toEqual(new Failure('not_found'));
  });

  it('at once with the removal of the old one leaves one primary address', async () => {
    const second = await verified(identity, ada);
    const third = await verified(identity, ada);
    await Promise.all([makePrimary(second), makePrimary(third), remove(first), makePrimary(second)]);
    expect(await primaryOf(ada)).toHaveLength(1);
  });
});
