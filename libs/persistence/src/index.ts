export { DatabaseModule } from './database.module.ts';
export type { DatabaseOptions } from './database.module.ts';
export { databaseOptions } from './database.options.ts';
export { isUniqueViolation } from './unique-violation.ts';
export { migrate } from './migrate.ts';
export { pageOfRows } from './page.ts';
export { onPool, sql, timeOf } from './sql.ts';
export type { SqlValue } from './sql.ts';
