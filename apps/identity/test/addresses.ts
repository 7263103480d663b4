import { addEmail, type Email, listOwnEmails, verifyEmail } from '@valetkey/contracts';
import { anyone } from './people.ts';
import { granted, type SignedIn } from './signed-in.ts';
import type { TestIdentity } from './start-identity.ts';

/** Adds an address to a user's, each a moment younger than the last. */
export async function added(identity: TestIdentity, user: SignedIn, address = anyone().email): Promise<Email> {
  identity.clock.advance(1);
  return granted(await user.ask(addEmail, { email: address, currentPassword: user.password }));
}

export async function verified(identity: TestIdentity, user: SignedIn, address = anyone().email): Promise<Email> {
  const mailed = identity.neighbours.mails.to(address).length;
  const email = await added(identity, user, address);
  const token = await identity.neighbours.mails.secret(address, mailed + 1);
  granted(await identity.gateway.ask(verifyEmail, { token }, identity.context()));
  return { ...email, verified: true };
}

/** A user's addresses, the newest first. */
export async function addressesOf(user: SignedIn): Promise<Email[]> {
  return granted(await user.ask(listOwnEmails, {})).items;
}
