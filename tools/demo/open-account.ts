import { randomBytes } from 'node:crypto';
import { signIn } from '../dev/api.ts';
import { secretMailedTo } from '../dev/mails.ts';
import type { Owner, Story } from './story.ts';

interface Company {
  /** The first name of its owner, who signs up. */
  owner: string;
  accountName: string;
  domain: string;
}

/** An owner signs up, confirms the address from the mail, and signs in. */
export async function openAccount(
  { api, stack, tell }: Story,
  { owner, accountName, domain }: Company,
): Promise<Owner> {
  const email = `${owner.toLowerCase()}.${randomBytes(4).toString('hex')}@${domain}`;
  const password = randomBytes(15).toString('base64url');
  await api.call('POST', '/v1/users', { body: { email, password, name: `${owner} Owner`, accountName } });
  tell(owner, `signs up as ${email}`, '202, and a mail is on its way');
  const token = await secretMailedTo(stack.mailUrl, email, 'vkv');
  await api.call('POST', '/v1/email-verifications', { body: { token, password } });
  tell(owner, 'confirms the address with the secret from the mail', '204');
  const { secret, accountId } = await signIn(api, { email, password });
  tell(owner, 'signs in', `a portal session in her account ${accountName}`);
  return { secret, password, path: `/v1/accounts/${accountId}` };
}
