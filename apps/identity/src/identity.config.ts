import {
  busVariables,
  type ConfigOf,
  databaseVariables,
  defineConfig,
  digestVariables,
  observabilityVariables,
  sealingVariables,
  twoFactorVariables,
} from '@valetkey/config';
import { EmailAddress } from '@valetkey/contracts';
import { z } from 'zod';

export const identityConfig = defineConfig(
  'identity',
  z.object({
    ...busVariables,
    ...databaseVariables,
    ...observabilityVariables,
    ...sealingVariables,
    ...digestVariables,
    ...twoFactorVariables,
    OPERATOR_EMAIL: EmailAddress.optional().describe('The user whose verified primary address this is, is an operator'),
  }),
);

export type IdentityConfig = ConfigOf<typeof identityConfig>;

/** Injects the service's configuration. */
export const IDENTITY_CONFIG = Symbol('identity:config');
