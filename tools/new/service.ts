import { camelOf, checkNames, pluralOf } from './names.ts';
import { entityOf } from './templates/entity.ts';
import * as templates from './templates/service.ts';
import { moduleSpecOf } from './templates/module-spec.ts';
import { addExport, addImport, addToArray } from './wiring.ts';
import type { Change } from './workspace.ts';

/** What a service's files are named after. */
export interface Service {
  readonly name: string;
  /** The first thing it keeps. */
  readonly entity: string;
}

const contracts = 'libs/contracts/src';

/** A service with a database of its own: an app that starts and keeps one entity, the place of its contracts, and its name on the bus. */
export function newService([name = '', entity = '']: readonly string[]): Change {
  checkNames({ name, entity });
  const service: Service = { name, entity };
  const app = `apps/${name}`;
  return {
    files: {
      [`${app}/package.json`]: templates.manifestOf(name),
      [`${app}/src/main.ts`]: templates.mainOf(name),
      [`${app}/src/${name}.config.ts`]: templates.configOf(name),
      [`${app}/src/${name}.module.ts`]: templates.moduleOf(service),
      [`${app}/src/${name}.module.spec.ts`]: moduleSpecOf(name),
      [`${app}/src/${pluralOf(entity)}/${entity}.entity.ts`]: entityOf(entity),
      [`${app}/src/migrations/index.ts`]: templates.migrationsOf(name),
      [`${app}/src/migrations/001-create-${name}.ts`]: templates.migrationOf(service),
      [`${contracts}/${name}/index.ts`]: 'export {};\n',
    },
    edits: {
      [`${contracts}/index.ts`]: (text) => addExport(text, `./${name}/index.ts`),
      [`${contracts}/registry.ts`]: (text) => register(text, name),
      [`${contracts}/kernel/services.ts`]: (text) => addToArray(text, /serviceNames = \[/, `'${name}'`),
      'libs/messaging/src/topology/platform-users.ts': (text) => addToArray(text, /const services = \[/, `'${name}'`),
      'tools/dev/databases.ts': (text) => addToArray(text, /databaseOwners = \[/, `'${name}'`),
    },
  };
}

function register(text: string, name: string): string {
  const imported = `import * as ${camelOf(name)} from './${name}/index.ts';`;
  return addImport(addToArray(text, /everything: unknown\[\] = \[/, camelOf(name)), imported);
}
