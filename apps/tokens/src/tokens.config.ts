import {
  busVariables,
  type ConfigOf,
  databaseVariables,
  defineConfig,
  digestVariables,
  observabilityVariables,
  sealingVariables,
} from '@valetkey/config';
import { z } from 'zod';

export const tokensConfig = defineConfig(
  'tokens',
  z.object({
    ...busVariables,
    ...databaseVariables,
    ...digestVariables,
    ...observabilityVariables,
    ...sealingVariables,
  }),
);

export type TokensConfig = ConfigOf<typeof tokensConfig>;

/** Injects the service's configuration. */
export const TOKENS_CONFIG = Symbol('tokens:config');
