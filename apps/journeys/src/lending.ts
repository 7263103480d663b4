import { AccessKey, LoginToken } from '@valetkey/contracts';
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

const KeyShown = z.object({ accessKey: AccessKey, secret: z.string() });

export type GivenKey = AccessKey & { path: string; secret: string };

/** Makes an access key. */
export async function giveKey(owner: Owner, fields: { name: string } & Record<string, unknown>): Promise<GivenKey> {
  const keys = `${owner.path}/access-keys`;
  const { status, body } = await owner.call('POST', keys, { body: fields });
  if (status !== 201) throw new Error(`Making an access key answered ${status}: ${JSON.stringify(body)}`);
  const { accessKey, secret } = KeyShown.parse(body);
  return { ...accessKey, path: `${keys}/${accessKey.id}`, secret };
}
