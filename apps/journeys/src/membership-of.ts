import { Membership, pageOf } from '@valetkey/contracts';
import type { Owner } from './client.ts';

/** The one membership that somebody of this name has in an account, and its path; who asks sees it. */
export async function membershipOf(
  name: string,
  asker: Pick<Owner, 'call' | 'path'>,
): Promise<Membership & { path: string }> {
  const { body } = await asker.call('GET', `${asker.path}/members?limit=100`);
  const [found, ...others] = pageOf(Membership)
    .parse(body)
    .items.filter(({ user }) => user.name === name);
  if (!found || others.length > 0) throw new Error(`${name} has ${others.length + (found ? 1 : 0)} memberships`);
  return { ...found, path: `${asker.path}/members/${found.id}` };
}
