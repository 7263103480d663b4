import { startPostgres } from '@valetkey/testing'; // breaks @nx/enforce-module-boundaries
import { startNats } from '@valetkey/testing/stack'; // breaks @nx/enforce-module-boundaries

export const wrong = [startPostgres, startNats];
