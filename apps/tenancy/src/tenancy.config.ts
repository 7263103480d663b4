import {
  busVariables,
  type ConfigOf,
  databaseVariables,
  defineConfig,
  observabilityVariables,
  url,
} from '@valetkey/config';
import { z } from 'zod';

export const tenancyConfig = defineConfig(
  'tenancy',
  z.object({
    ...busVariables,
    ...databaseVariables,
    ...observabilityVariables,
    PUBLIC_URL: url('http', 'https')
      .optional()
      .describe("The gateway's address as clients see it; an account's landing page may lie on its host"),
    COOKIE_DOMAIN: z
      .hostname('must be a domain such as example.com')
      .optional()
      .describe('The domain whose hosts share the session cookie; landing pages may lie under it'),
  }),
);

export type TenancyConfig = ConfigOf<typeof tenancyConfig>;
