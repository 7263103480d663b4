import { type AskOf, Failure, signUp, verifyEmail } from '@valetkey/contracts';
import type { TestIdentity } from './start-identity.ts';

export const GOOD_PASSWORD = 'long-winded giraffe quartz';

let number = 0;

/** A sign-up with an address that nobody else has, to be varied. */
export function anyone(change: Partial<AskOf<typeof signUp>> = {}): AskOf<typeof signUp> {
  number += 1;
  const email = `somebody-${number}@example.com`;
  return { email, password: GOOD_PASSWORD, name: 'Ada Lovelace', accountName: 'Analytical Engines', ...change };
}

/** Signs somebody up and verifies the address: a user. */
export async function registered(identity: TestIdentity, person = anyone()): Promise<AskOf<typeof signUp>> {
  const mailed = identity.neighbours.mails.to(person.email).length;
  const { gateway, context } = identity;
  expectDone(await gateway.ask(signUp, person, context(undefined, { address: '192.0.2.1' })));
  const token = await identity.neighbours.mails.secret(person.email, mailed + 1);
  expectDone(await gateway.ask(verifyEmail, { token, password: person.password }, context()));
  return person;
}

function expectDone(answer: unknown): void {
  if (answer instanceof Failure) throw new Error(`Refused with ${answer.code}`);
}
