import { camelOf, pascalOf, pluralOf, tableOf, wordsOf } from '../names.ts';
import type { Service } from '../service.ts';

export function manifestOf(name: string): string {
  const exported = (file: string) => ({ '@valetkey/source': `./src/${file}.ts`, default: `./dist/${file}.js` });
  return JSON.stringify({
    name: `@valetkey/${name}`,
    version: '0.1.0',
    private: true,
    license: 'Apache-2.0',
    type: 'module',
    exports: { '.': exported(`${name}.module`), './config': exported(`${name}.config`) },
    nx: { tags: [`app:${name}`], targets: { build: {} } },
  });
}

export function mainOf(name: string): string {
  const [config, module] = [`${camelOf(name)}Config`, `${pascalOf(name)}Module`];
  return `import { ConfigError, readConfig } from '@valetkey/config';
import { runService } from '@valetkey/observability';
import { ${config} } from './${name}.config.ts';
import { ${module} } from './${name}.module.ts';

try {
  const config = readConfig(${config});
  await runService({ service: '${name}', config, module: ${module}.forRoot(config) });
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(\`\${error.message}\\n\`);
  process.exitCode = 1;
}
`;
}

export function configOf(name: string): string {
  return `import { busVariables, type ConfigOf, databaseVariables, defineConfig, observabilityVariables } from '@valetkey/config';
import { z } from 'zod';

export const ${camelOf(name)}Config = defineConfig(
  '${name}',
  z.object({ ...busVariables, ...databaseVariables, ...observabilityVariables }),
);

export type ${pascalOf(name)}Config = ConfigOf<typeof ${camelOf(name)}Config>;
`;
}

export function moduleOf({ name, entity }: Service): string {
  const [module, kept] = [`${pascalOf(name)}Module`, pascalOf(entity)];
  return `import { serviceModules } from '@valetkey/outbox';
import { type DynamicModule, Module } from '@nestjs/common';
import { migrations } from './migrations/index.ts';
import { ${kept} } from './${pluralOf(entity)}/${entity}.entity.ts';
import type { ${pascalOf(name)}Config } from './${name}.config.ts';

/** Keeps ${wordsOf(pluralOf(entity))}. */
@Module({ providers: [] })
export class ${module} {
  static forRoot(config: ${pascalOf(name)}Config): DynamicModule {
    return { module: ${module}, imports: serviceModules('${name}', config, { entities: [${kept}], migrations }) };
  }
}
`;
}

export function migrationsOf(name: string): string {
  return `import { Create${pascalOf(name)} } from './001-create-${name}.ts';

/** In the order in which they run; names never change. */
export const migrations = [{ name: '001-create-${name}', class: Create${pascalOf(name)} }];
`;
}

export function migrationOf({ name, entity }: Service): string {
  const table = tableOf(entity);
  return `import { outboxTables } from '@valetkey/outbox';
import { Migration } from '@mikro-orm/migrations';

const ${camelOf(pluralOf(entity))} = [
  \`CREATE TABLE ${table} (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL,
    name text NOT NULL,
    version int NOT NULL,
    created_at timestamptz NOT NULL
  )\`,
  \`CREATE INDEX ${table}_page ON ${table} (account_id, id DESC)\`,
];

export class Create${pascalOf(name)} extends Migration {
  override up(): void {
    for (const statement of [...outboxTables, ...${camelOf(pluralOf(entity))}]) this.addSql(statement);
  }
}
`;
}
