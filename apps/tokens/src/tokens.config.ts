import { busVariables, type ConfigOf, databaseVariables, defineConfig, observabilityVariables } from '@valetkey/config';
import { z } from 'zod';

export const tokensConfig = defineConfig(
  'tokens',
  z.object({ ...busVariables, ...databaseVariables, ...observabilityVariables }),
);

export type TokensConfig = ConfigOf<typeof tokensConfig>;
