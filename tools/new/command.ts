import { checkNames, pascalOf, pluralOf } from './names.ts';
import { contractOf } from './templates/contract.ts';
import { handlerOf } from './templates/handler.ts';
import { handlerSpecOf } from './templates/handler-spec.ts';
import { addExport, addImport, addToArray } from './wiring.ts';
import type { Change, Read } from './workspace.ts';

/** What a command's files are named after. */
export interface Command {
  /** `tokens` */
  readonly service: string;
  /** `login-token` */
  readonly entity: string;
  /** `freeze-login-token` */
  readonly name: string;
}

/** A command: its contract, its handler with a spec, and the lines that make them known. */
export function newCommand([service = '', entity = '', name = '']: readonly string[], read: Read): Change {
  checkNames({ service, entity, 'verb-noun': name });
  const command: Command = { service, entity, name };
  const folder = pluralOf(entity);
  const handler = `${pascalOf(name)}Handler`;
  return {
    files: {
      [`libs/contracts/src/${service}/${name}.ts`]: contractOf(command),
      [`apps/${service}/src/${folder}/${name}.handler.ts`]: handlerOf(command),
      [`apps/${service}/src/${folder}/${name}.handler.spec.ts`]: handlerSpecOf(
        command,
        read(`apps/${service}/src/${service}.config.ts`) ?? '',
      ),
    },
    edits: {
      [`libs/contracts/src/${service}/index.ts`]: (text) => addExport(text, `./${name}.ts`),
      [`apps/${service}/src/${service}.module.ts`]: (text) =>
        addImport(
          addToArray(text, /const handlers = \[|providers: \[/, handler),
          `import { ${handler} } from './${folder}/${name}.handler.ts';`,
        ),
    },
  };
}
