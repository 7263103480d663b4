import { type AskOf, isFailure, signIn, signInWithTwoFactor } from '@valetkey/contracts';
import type { Enrolled } from './enrolled.ts';
import type { TestIdentity } from './start-identity.ts';

type SecondStep = AskOf<typeof signInWithTwoFactor>;

/** The first step of a sign-in: the challenge for the second. */
export async function challengeOf(
  { gateway, context }: TestIdentity,
  { email, password }: Pick<Enrolled, 'email' | 'password'>,
  more: { cookie?: boolean } = {},
): Promise<string> {
  const answer = await gateway.ask(signIn, { email, password, ...more }, context());
  if (isFailure(answer) || !('challenge' in answer)) throw new Error('There was no challenge');
  return answer.challenge;
}

export async function giveCode({ gateway, context }: TestIdentity, step: SecondStep, address?: string) {
  return gateway.ask(signInWithTwoFactor, step, context(undefined, address === undefined ? {} : { address }));
}

/** Both steps. */
export async function signInBy(identity: TestIdentity, user: Enrolled, factor: Omit<SecondStep, 'challenge'>) {
  return giveCode(identity, { challenge: await challengeOf(identity, user), ...factor });
}

/** How many sessions were opened, and how often each refusal was given. */
export function outcomesOf(answers: readonly unknown[]): Record<string, number> {
  const names = answers.map((answer) => (isFailure(answer) ? answer.code : 'opened'));
  return Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]));
}
