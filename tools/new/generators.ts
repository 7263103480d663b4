import { newCommand } from './command.ts';
import { newEvent } from './event.ts';
import { newService } from './service.ts';
import type { Change, Read } from './workspace.ts';

interface Generator {
  readonly change: (names: readonly string[], read: Read) => Change;
  /** What is left to do by hand. */
  readonly next: string;
}

export const generators: ReadonlyMap<string, Generator> = new Map([
  [
    'command',
    {
      change: newCommand,
      next: `Next: say in the contract what it takes, answers and refuses, and who may; do it in the handler; show it in the
spec. A public one gets an http binding there and nothing else. Then: npm run docs`,
    },
  ],
  [
    'event',
    {
      change: newEvent,
      next: `Next: give it the data that a subscriber needs, and \`revokes: true\` if it takes access away; tell it in a
transaction with tx.emit. Then: npm run docs, and start NATS anew if the entity is new.`,
    },
  ],
  [
    'service',
    {
      change: newService,
      next: `Next: npm install; a block in docker-compose.yml with its line in tools/compose/environments.ts; a line in
tools/dev/services.ts with a port in tools/dev/ports.ts. Then: npm run new:command`,
    },
  ],
]);
