import { AccessKey } from '@valetkey/contracts';
import { z } from 'zod';
import { Client, type Owner } from './client.ts';

const Shown = z.object({ accessKey: AccessKey, secret: z.string() });

/** A key with the program that holds its secret. */
export interface HeldKey extends AccessKey {
  path: string;
  secret: string;
  program: Client;
}

/** Makes an access key, for viewing the whole account unless the fields say otherwise. */
export async function keyOf(owner: Owner, fields: { name: string } & Record<string, unknown>): Promise<HeldKey> {
  const keys = `${owner.path}/access-keys`;
  const { status, body } = await owner.call('POST', keys, { body: fields });
  if (status !== 201) throw new Error(`Making an access key answered ${status}: ${JSON.stringify(body)}`);
  const { accessKey, secret } = Shown.parse(body);
  const program = new Client(owner.baseUrl, secret, 'program');
  return { ...accessKey, path: `${keys}/${accessKey.id}`, secret, program };
}
