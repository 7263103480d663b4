import { ConfigError, databaseVariables, defineConfig, readConfig } from '@valetkey/config';
import { databaseOptions } from '@valetkey/persistence';
import { MikroORM, PostgreSqlDriver } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { migrations } from './migrations/index.ts';
import { EntityName } from './trail/entity-name.entity.ts';
import { PLATFORM_TRAIL } from './trail/trails-of.ts';
import { verifyChains } from './verification/verify-chains.job.ts';

/**
 * `node dist/verify-chains.main.js [<accountId> | platform]…` computes chains anew and says a line on each; all of them
 * if none is named. Exit code 2 when one is broken.
 */
async function main(named: readonly string[]): Promise<void> {
  const config = readConfig(defineConfig('verify-chains', z.object(databaseVariables)));
  const options = { url: config.DATABASE_URL, pool: 1, entities: [EntityName], migrations };
  const orm = await MikroORM.init({ ...databaseOptions(options), driver: PostgreSqlDriver });
  try {
    const accountIds = named.map((name) => (name === 'platform' ? PLATFORM_TRAIL : name));
    for await (const { accountId, entries, broken } of verifyChains(orm.em.fork(), accountIds)) {
      const name = accountId === PLATFORM_TRAIL ? 'platform' : accountId;
      const finding = broken ? `BROKEN at ${broken.position} (${broken.reason})` : 'intact';
      process.stdout.write(`${name}: ${finding}, ${entries} entries verified\n`);
      if (broken) process.exitCode = 2;
    }
  } finally {
    await orm.close();
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
