import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addEmail, checkLinkRecipient, listVerifiedEmails, lockUser } from '@valetkey/contracts';
import type { Bus } from '@valetkey/messaging';
import { anyCaller } from '@valetkey/testing';
import { v7 as uuidv7 } from 'uuid';
import { enrolled } from '../../test/enrolled.ts';
import { anyone } from '../../test/people.ts';
import { granted, type SignedIn, signedIn } from '../../test/signed-in.ts';
import { startIdentity, type TestIdentity } from '../../test/start-identity.ts';

let identity: TestIdentity;
let tokens: Bus;
let tenancy: Bus;
let ada: SignedIn;
let emailId: string;

beforeAll(async () => {
  identity = await startIdentity();
  [tokens, tenancy] = [await identity.as('tokens'), await identity.as('tenancy')];
  ada = await signedIn(identity);
  emailId = await addressOf(ada);
});
afterAll(async () => identity.stop());

async function addressOf({ id: userId }: SignedIn): Promise<string> {
  const { emails } = granted(await tenancy.ask(listVerifiedEmails, { userId }, identity.context()));
  return emails[0]?.id ?? '';
}

const check = async (userId: string, email: string, as = tokens) =>
  as.ask(checkLinkRecipient, { userId, emailId: email }, identity.context());

describe('the recipient of an access link', () => {
  it('is written to at a verified address of theirs, in their language', async () => {
    const known = { email: ada.email, locale: 'en', locked: false, twoFactor: false };
    expect(await check(ada.id, emailId)).toEqual(known);
  });

  it('has no address in one that is not verified, that is another’s, or that was never theirs', async () => {
    const added = granted(await ada.ask(addEmail, { email: anyone().email, currentPassword: ada.password }));
    const another = await addressOf(await signedIn(identity));
    for (const id of [added.id, another, uuidv7()]) {
      expect(await check(ada.id, id)).toEqual({ email: null, locale: 'en', locked: false, twoFactor: false });
    }
  });

  it('has none when there is no such user', async () => {
    expect(await check(uuidv7(), emailId)).toMatchObject({ email: null });
  });

  it('is asked for a code once two-factor is on, and not while it is being enrolled in', async () => {
    const user = await signedIn(identity);
    const id = await addressOf(user);
    await identity.database.query(
      `INSERT INTO two_factors (user_id, secret, last_step, created_at) VALUES ($1, '', 0, $2)`,
      [user.id, identity.clock.now()],
    );
    expect(await check(user.id, id)).toMatchObject({ twoFactor: false });
    await enrolled(identity, user);
    expect(await check(user.id, id)).toMatchObject({ email: user.email, twoFactor: true });
  });

  it('is known to be locked', async () => {
    const user = await signedIn(identity);
    const id = await addressOf(user);
    const operator = identity.context(anyCaller({ operator: true }));
    granted(await identity.gateway.ask(lockUser, { userId: user.id }, operator));
    expect(await check(user.id, id)).toMatchObject({ locked: true });
  });

  it('is tokens’ alone to ask for', async () => {
    expect(await check(ada.id, emailId, tenancy)).toMatchObject({ code: 'forbidden' });
  });
});
