import { signIn } from '../dev/api.ts';
import type { Owner, Story } from './story.ts';

/** Platform staff turn modules of an account on. */
export async function turnOn({ api, stack }: Story, { path }: Pick<Owner, 'path'>, modules: object): Promise<void> {
  const { secret } = await signIn(api, stack.users.operator);
  await api.call('PATCH', path.replace('/v1/accounts', '/v1/operator/accounts'), { secret, body: { modules } });
}
