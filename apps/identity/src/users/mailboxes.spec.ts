import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addEmail, findMailboxes, listVerifiedEmails, verifyEmail } from '@valetkey/contracts';
import type { Bus } from '@valetkey/messaging';
import { v7 as uuidv7 } from 'uuid';
import { anyone } from '../../test/people.ts';
import { granted, type SignedIn, signedIn } from '../../test/signed-in.ts';
import { startIdentity, type TestIdentity } from '../../test/start-identity.ts';

let identity: TestIdentity;
let notifications: Bus;
let tenancy: Bus;
let ada: SignedIn;
let second: string;

beforeAll(async () => {
  identity = await startIdentity();
  [notifications, tenancy] = [await identity.as('notifications'), await identity.as('tenancy')];
  ada = await signedIn(identity);
  second = anyone().email;
  const currentPassword = ada.password;
  identity.clock.advance(1);
  granted(await ada.ask(addEmail, { email: second, currentPassword }));
  granted(await ada.ask(addEmail, { email: anyone().email, currentPassword }));
  const token = await identity.neighbours.mails.secret(second);
  granted(await identity.gateway.ask(verifyEmail, { token }, identity.context()));
});
afterAll(async () => identity.stop());

describe('the mailboxes of users', () => {
  it('are their verified addresses, with their language', async () => {
    expect(await notifications.ask(findMailboxes, { userIds: [uuidv7(), ada.id] }, identity.context())).toEqual({
      users: [
        {
          userId: ada.id,
          name: ada.name,
          locale: 'en',
          primaryEmail: ada.email,
          verifiedEmails: [ada.email, second],
        },
      ],
    });
  });

  it('are nobody’s to know but notifications’', async () => {
    expect(await tenancy.ask(findMailboxes, { userIds: [ada.id] }, identity.context())).toMatchObject({
      code: 'forbidden',
    });
  });
});

it('tenancy learns the verified addresses of a user, the oldest first', async () => {
  const { emails } = granted(await tenancy.ask(listVerifiedEmails, { userId: ada.id }, identity.context()));
  expect(emails).toEqual([
    { id: expect.any(String), email: ada.email },
    { id: expect.any(String), email: second },
  ]);
  expect(await tenancy.ask(listVerifiedEmails, { userId: uuidv7() }, identity.context())).toEqual({ emails: [] });
});
