import type { Api } from './api.ts';
import { secretMailedTo } from './mails.ts';

export interface SignUp {
  email: string;
  password: string;
  name: string;
  accountName: string;
}

/** Signs up and confirms the address from the mail, as a person does. */
export async function signUp(api: Api, mailUrl: string, person: SignUp): Promise<void> {
  await api.call('POST', '/v1/users', { body: person });
  const token = await secretMailedTo(mailUrl, person.email, 'vkv');
  await api.call('POST', '/v1/email-verifications', { body: { token, password: person.password } });
}
