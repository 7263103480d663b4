import {
  busVariables,
  cidrList,
  type ConfigOf,
  defineConfig,
  observabilityVariables,
  port,
  secret,
  url,
} from '@valetkey/config';
import { z } from 'zod';

export const devicesConfig = defineConfig(
  'example-devices',
  z.object({
    PORT: port.default(3001).describe('The port of the devices'),
    HOST: z.string().default('0.0.0.0').describe('The address to listen on'),
    TRUSTED_PROXIES: cidrList
      .optional()
      .describe('Proxies whose X-Forwarded-For is believed, as CIDRs separated by commas; none by default'),
    GATEWAY_URL: url('http', 'https').describe('The gateway, which is asked about credentials'),
    CLIENT_ID: z.string().min(1).describe('The id of the resource server that an operator registered'),
    CLIENT_SECRET: secret(z.string().min(1), 'Its secret'),
    ...busVariables,
    ...observabilityVariables,
  }),
);

export type DevicesConfig = ConfigOf<typeof devicesConfig>;
