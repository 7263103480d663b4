import { secret } from './config-definition.ts';
import { boolean, url, wholeNumber } from './variable-types.ts';

/** How a service reaches its own PostgreSQL database. */
export const databaseVariables = {
  DATABASE_URL: secret(
    url('postgres', 'postgresql'),
    "The service's own database, e.g. postgres://tokens:…@postgres:5432/tokens",
  ),
  DATABASE_POOL: wholeNumber(1, 1_000).default(10).describe('The most connections one process opens to it'),
  MIGRATE_ON_START: boolean.default(true).describe('Whether the service brings its schema up to date before it starts'),
};
