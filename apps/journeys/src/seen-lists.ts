import { z } from 'zod';
import type { Client, Owner } from './client.ts';

const lists = ['organizations', 'groups', 'members', 'invitations', 'login-tokens', 'access-keys', 'sessions'] as const;
type List = (typeof lists)[number];

const Member = z
  .object({ user: z.object({ name: z.string() }), role: z.string(), scope: z.object({ name: z.string() }) })
  .transform(({ user, role, scope }) => `${user.name}, ${role} of ${scope.name}`);
const Live = z.object({ subject: z.object({ name: z.string() }) }).transform(({ subject }) => subject.name);
const Invited = z.object({ email: z.string() }).transform(({ email }) => email);
const Named = z.object({ name: z.string() }).transform(({ name }) => name);
const Page = z.object({ items: z.array(z.union([Member, Live, Named, Invited])), nextCursor: z.null() });

/** What somebody sees in each list of an account, in the order of the alphabet, or the code with which they are refused. */
export async function seenBy(client: Client, { path }: Pick<Owner, 'path'>): Promise<Record<List, string[] | string>> {
  const seen = async (list: List) => {
    const { status, code, body } = await client.call('GET', `${path}/${list}?limit=100`);
    return [list, status === 200 ? Page.parse(body).items.toSorted() : (code ?? `${status}`)] as const;
  };
  const entries = await Promise.all(lists.map(seen));
  return z.record(z.enum(lists), z.union([z.string(), z.array(z.string())])).parse(Object.fromEntries(entries));
}
