import { Client, mailedSecret, type Owner, person, signedIn, untilAnswered } from '../client.ts';
import { eventually } from '../eventually.ts';
import type { Processes } from './start-processes.ts';

/** An owner in an account of their own. */
export async function settledOwner(processes: Processes, email: string): Promise<Owner> {
  const who = person(email);
  const anyone = new Client(processes.gatewayUrls[0] ?? '');
  await untilAnswered(anyone, '/v1/users', { ...who, accountName: 'Harbour Cranes' });
  const token = await mailedSecret(processes, email, 'vkv');
  await untilAnswered(anyone, '/v1/email-verifications', { token, password: who.password });
  return eventually('the owner signs in', () => signedIn(processes, who).catch(() => undefined));
}
