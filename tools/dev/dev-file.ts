import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { inboxPrefix } from '@valetkey/messaging/topology';
import { demoDurable, demoSubscriber } from './bus.ts';
import { writePrivateJson } from './private-json.ts';
import { passwordOf } from './secrets.ts';
import { Seeded, type Stack } from './stack.ts';

/** Where the running stack is and how to come in: `.valetkey/dev.json`. */
const DevFile = Seeded.extend({
  gatewayUrl: z.string(),
  devicesUrl: z.string(),
  /** The mail catcher: a page, and mails as JSON at `/email`. */
  mailUrl: z.string(),
  natsUrl: z.string(),
  databaseUrl: z.string(),
  /** The inbox prefix is the one under which its NATS user may listen; `@valetkey/access-events` sets it by itself. */
  subscriber: z.object({ user: z.string(), password: z.string(), durable: z.string(), inboxPrefix: z.string() }),
});
export type DevFile = z.infer<typeof DevFile>;

/** Tells tools and tests where the stack is and how to come in. */
export function writeDevFile(file: string, stack: Stack, { users, resourceServer }: Seeded): void {
  const password = passwordOf(stack.secrets.bus, demoSubscriber);
  const told: DevFile = {
    gatewayUrl: stack.gatewayUrl,
    devicesUrl: stack.devicesUrl,
    mailUrl: stack.mailUrl,
    natsUrl: stack.natsUrl,
    databaseUrl: stack.databaseUrl,
    users,
    resourceServer,
    subscriber: {
      user: demoSubscriber,
      password,
      durable: demoDurable.durable,
      inboxPrefix: inboxPrefix(demoSubscriber),
    },
  };
  writePrivateJson(file, told);
}

/** @throws Error saying what to do when no stack runs. */
export function readDevFile(file: string): DevFile {
  if (!existsSync(file)) throw new Error('No stack is running here: start one with npm start, in another terminal');
  return DevFile.parse(JSON.parse(readFileSync(file, 'utf8')));
}
