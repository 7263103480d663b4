import { randomBytes } from 'node:crypto';
import { signIn } from '../dev/api.ts';
import { secretMailedTo } from '../dev/mails.ts';
import type { Owner, Story } from './story.ts';

/** An owner signs up, confirms the address from the mail, and signs in. */
export async function openAccount({ api, stack, tell }: Story): Promise<Owner> {
  const email = `ada.${randomBytes(4).toString('hex')}@harbour.example`;
  const password = randomBytes(15).toString('base64url');
  await api.call('POST', '/v1/users', { body: { email, password, name: 'Ada Owner', accountName: 'Harbour Cranes' } });
  tell('Ada', `signs up as ${email}`, '202, and a mail is on its way');
  const token = await secretMailedTo(stack.mailUrl, email, 'vkv');
  await api.call('POST', '/v1/email-verifications', { body: { token, password } });
  tell('Ada', 'confirms the address with the secret from the mail', '204');
  const { secret, accountId } = await signIn(api, { email, password });
  tell('Ada', 'signs in', 'a portal session in her account Harbour Cranes');
  return { secret, password, path: `/v1/accounts/${accountId}` };
}
