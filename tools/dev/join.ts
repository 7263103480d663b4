import type { Api } from './api.ts';
import { secretMailedTo } from './mails.ts';

/** An account, and an owner's session in it. */
export interface Inviter {
  secret: string;
  /** `/v1/accounts/<accountId>` */
  path: string;
  accountId: string;
}

export interface Joiner {
  email: string;
  password: string;
  name: string;
  role: string;
  /** The account unless said otherwise. */
  scope?: { type: string; id: string };
}

/** Somebody new is invited, and accepts with the secret from the mail; nothing for one who has done so before. */
export async function join(
  api: Api,
  mailUrl: string,
  { secret, path, accountId }: Inviter,
  joiner: Joiner,
): Promise<void> {
  const { email, password, name, role, scope = { type: 'account', id: accountId } } = joiner;
  const known = await api.try('POST', '/v1/sessions', { body: { email, password } });
  if (known.status === 201) return;
  const invited = await api.try('POST', `${path}/invitations`, { secret, body: { email, role, scope } });
  if (invited.status !== 201 && invited.status !== 409)
    throw new Error(`Inviting ${email} answered ${invited.status}: ${JSON.stringify(invited.body)}`);
  const token = await secretMailedTo(mailUrl, email, 'vki');
  await api.call('POST', '/v1/invitations/accept', { body: { token, name, password } });
}
