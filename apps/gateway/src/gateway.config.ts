import {
  busVariables,
  cidrList,
  type ConfigOf,
  cookieVariables,
  defineConfig,
  digestVariables,
  observabilityVariables,
  port,
  url,
} from '@valetkey/config';
import { z } from 'zod';

export const gatewayConfig = defineConfig(
  'gateway',
  z.object({
    PORT: port.default(3000).describe('The port of the API'),
    HOST: z.string().default('0.0.0.0').describe('The address to listen on'),
    PUBLIC_URL: url('http', 'https')
      .optional()
      .describe('The address under which clients reach the gateway: issuer of the authorization server metadata'),
    TRUSTED_PROXIES: cidrList
      .default([])
      .describe('Proxies whose X-Forwarded-For is believed, as CIDRs separated by commas; none by default'),
    ...busVariables,
    ...cookieVariables,
    ...digestVariables,
    ...observabilityVariables,
  }),
);

export type GatewayConfig = ConfigOf<typeof gatewayConfig>;
