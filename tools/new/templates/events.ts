import { camelOf, wordsOf } from '../names.ts';

/** What an access event is made of. */
export interface Event {
  readonly service: string;
  readonly entity: string;
  /** Past tense. */
  readonly action: string;
}

export const eventImports = `import { z } from 'zod';
import { defineEvent } from '../kernel/event.ts';
`;

export function eventOf({ service, entity, action }: Event): string {
  return `
export const ${camelOf(`${entity}-${action}`)} = defineEvent({
  entity: '${entity}',
  action: '${action}',
  source: '${service}',
  summary: 'A ${wordsOf(entity)} was ${wordsOf(action)}',
  data: z.object({ name: z.string() }),
});
`;
}
