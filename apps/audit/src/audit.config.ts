import { busVariables, type ConfigOf, databaseVariables, defineConfig, observabilityVariables } from '@valetkey/config';
import { z } from 'zod';

export const auditConfig = defineConfig(
  'audit',
  z.object({ ...busVariables, ...databaseVariables, ...observabilityVariables }),
);

export type AuditConfig = ConfigOf<typeof auditConfig>;
