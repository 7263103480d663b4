import type { Api } from './api.ts';
import { secretMailedTo } from './mails.ts';

export interface SignUp {
  email: string;
  password: string;
  name: string;
  accountName: string;
}

/** Signs up and confirms the address from the mail, as a person does; nothing for one who has done so before. */
export async function signUp(api: Api, mailUrl: string, person: SignUp): Promise<void> {
  const { email, password } = person;
  const known = await api.try('POST', '/v1/sessions', { body: { email, password } });
  if (known.status === 201) return;
  await api.call('POST', '/v1/users', { body: person });
  const token = await secretMailedTo(mailUrl, person.email, 'vkv');
  await api.call('POST', '/v1/email-verifications', { body: { token, password: person.password } });
}
