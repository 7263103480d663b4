import { z } from 'zod';
import { secret } from './config-definition.ts';
import { list, url } from './variable-types.ts';

/** How a service reaches NATS, and as whom. */
export const busVariables = {
  NATS_URL: list(url('nats', 'tls', 'ws', 'wss')).describe(
    'Servers of the NATS cluster, separated by commas, e.g. nats://nats:4222',
  ),
  NATS_USER: z.string().min(1).describe('The NATS user whose permissions the service has'),
  NATS_PASSWORD: secret(z.string().min(1), 'The password of that NATS user'),
};
