import { LoginToken } from '@valetkey/contracts';
import { z } from 'zod';
import { type Owner } from './client.ts';

const Shown = z.object({ loginToken: LoginToken, secret: z.string() });

export type LentToken = LoginToken & { path: string; secret: string };

/** Makes a login token, permanent unless the fields say otherwise. */
export async function lend(owner: Owner, fields: { name: string } & Record<string, unknown>): Promise<LentToken> {
  const tokens = `${owner.path}/login-tokens`;
  const { status, body } = await owner.call('POST', tokens, { body: { type: 'permanent', ...fields } });
  if (status !== 201) throw new Error(`Making a login token answered ${status}: ${JSON.stringify(body)}`);
  const { loginToken, secret } = Shown.parse(body);
  return { ...loginToken, path: `${tokens}/${loginToken.id}`, secret };
}
