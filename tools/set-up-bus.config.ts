import { busVariables, defineConfig, list } from '@valetkey/config';
import { z } from 'zod';

const durable = z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be names such as billing, separated by commas');

export const setUpBusConfig = defineConfig(
  'setup',
  z.object({
    ...busVariables,
    DURABLES: list(durable)
      .optional()
      .describe('Durable consumers of subscribers, made beside the platform’s own; each begins with new events'),
  }),
);
