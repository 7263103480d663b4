import { checkNames } from './names.ts';
import { eventImports, eventOf } from './templates/events.ts';
import { addExport } from './wiring.ts';
import type { Change, Read } from './workspace.ts';

/** An access event of a service. The documents and the right to publish it follow from the definition. */
export function newEvent([service = '', entity = '', action = '']: readonly string[], read: Read): Change {
  checkNames({ service, entity, action });
  const folder = `libs/contracts/src/${service}`;
  const event = eventOf({ service, entity, action });
  if (read(`${folder}/events.ts`) !== undefined)
    return { files: {}, edits: { [`${folder}/events.ts`]: (text) => text + event } };
  return {
    files: { [`${folder}/events.ts`]: eventImports + event },
    edits: { [`${folder}/index.ts`]: (text) => addExport(text, './events.ts') },
  };
}
