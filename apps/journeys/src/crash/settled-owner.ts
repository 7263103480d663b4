import { Client, mailedSecret, type Owner, person, signedIn } from '../client.ts';
import { eventually } from '../eventually.ts';
import type { Processes } from './start-processes.ts';

/** An owner in an account of their own. On a busy machine a platform that has only just started may ask to come again. */
export async function settledOwner(processes: Processes, email: string): Promise<Owner> {
  const who = person(email);
  const anyone = new Client(processes.gatewayUrls[0] ?? '');
  const done = async (path: string, body: object) => {
    await eventually(`POST ${path} is answered`, async () => {
      const { status } = await anyone.call('POST', path, { body });
      return status < 500 || undefined;
    });
  };
  await done('/v1/users', { ...who, accountName: 'Harbour Cranes' });
  const token = await mailedSecret(processes, email, 'vkv');
  await done('/v1/email-verifications', { token, password: who.password });
  return eventually('the owner signs in', () => signedIn(processes, who).catch(() => undefined));
}
