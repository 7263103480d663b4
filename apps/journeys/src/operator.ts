import { z } from 'zod';
import { type Client, type Owner, ownerOf, person } from './client.ts';
import { OPERATOR_EMAIL, type Platform } from './start-platform.ts';

const Registered = z.object({ resourceServer: z.object({ id: z.string() }), secret: z.string() });

/** Platform staff: the user whose address the platform was started with. */
export function operatorOf(platform: Platform): Promise<Owner> {
  return ownerOf(platform, 'Platform staff', person(OPERATOR_EMAIL));
}

/** Registers another team's service, and answers its client credentials. */
export async function registerServer(operator: Client, name: string): Promise<{ clientId: string; secret: string }> {
  const answer = await operator.call('POST', '/v1/operator/resource-servers', { body: { name } });
  const { resourceServer, secret } = Registered.parse(answer.body);
  return { clientId: resourceServer.id, secret };
}
