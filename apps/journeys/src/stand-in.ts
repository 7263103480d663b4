import type { Client, Owner } from './client.ts';

/** Moves a session into an account; from there on the client asks for what belongs to it. */
export async function standIn(client: Client, accountId: string): Promise<Owner> {
  const { status, code } = await client.call('PATCH', '/v1/session', { body: { accountId } });
  if (status !== 200) throw new Error(`Moving into an account answered ${status} ${code}`);
  return Object.assign(client.at(client.baseUrl), { accountId, path: `/v1/accounts/${accountId}` });
}
