import {
  busVariables,
  type ConfigOf,
  cookieVariables,
  databaseVariables,
  defineConfig,
  observabilityVariables,
  sealingVariables,
  url,
} from '@valetkey/config';
import { z } from 'zod';

export const tenancyConfig = defineConfig(
  'tenancy',
  z.object({
    ...busVariables,
    ...cookieVariables,
    ...databaseVariables,
    ...observabilityVariables,
    ...sealingVariables,
    PUBLIC_URL: url('http', 'https')
      .optional()
      .describe("The gateway's address as clients see it; an account's landing page may lie on its host"),
  }),
);

export type TenancyConfig = ConfigOf<typeof tenancyConfig>;
