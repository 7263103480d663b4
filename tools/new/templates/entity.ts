import { pascalOf, tableOf } from '../names.ts';

export function entityOf(entity: string): string {
  const name = pascalOf(entity);
  return `import { defineEntity, p } from '@mikro-orm/postgresql';

const ${name}Schema = defineEntity({
  name: '${name}',
  tableName: '${tableOf(entity)}',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    name: p.string(),
    /** Grows with each event. */
    version: p.integer(),
    createdAt: p.datetime(),
  },
});

export class ${name} extends ${name}Schema.class {}
${name}Schema.setClass(${name});
`;
}
