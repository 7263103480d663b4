import { z } from 'zod';
import { settledOwner } from './settled-owner.ts';
import { OPERATOR_EMAIL, type Processes } from './start-processes.ts';

const Registered = z.object({ resourceServer: z.object({ id: z.string() }), secret: z.string() });

/** The client credentials of a resource server that platform staff have registered. */
export async function resourceServer(processes: Processes): Promise<{ clientId: string; clientSecret: string }> {
  const operator = await settledOwner(processes, OPERATOR_EMAIL);
  const answer = await operator.call('POST', '/v1/operator/resource-servers', { body: { name: 'Devices' } });
  const {
    resourceServer: { id },
    secret,
  } = Registered.parse(answer.body);
  return { clientId: id, clientSecret: secret };
}
