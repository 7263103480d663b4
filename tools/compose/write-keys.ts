import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { databaseOwners } from '../dev/databases.ts';
import { readPrivateJson } from '../dev/private-json.ts';
import { Refusal } from '../dev/refusal.error.ts';
import { loadSecrets } from '../dev/secrets.ts';
import { busUserNames, natsConf } from './bus-users.ts';
import { databasesSql } from './databases-sql.ts';
import { envFile, secretEnvironments } from './environments.ts';

/** Servers in containers have users of their own, and read these; the folder keeps others out. */
const READABLE = 0o644;
const PRIVATE = 0o600;

/**
 * Writes passwords, keys and what is configured with them into a folder for its owner alone. What is there already stays
 * as it is, so that it can run again, be it for one more subscriber. Returns the names of the files.
 *
 * @throws Refusal for a subscriber's name that cannot be one.
 */
export function writeKeys(dir: string, newSubscribers: readonly string[]): string[] {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  chmodSync(dir, 0o700);
  const file = join(dir, 'secrets.json');
  const subscribers = [...new Set([...knownSubscribers(file), ...newSubscribers.map(checkName)])].sort();
  const secrets = loadSecrets(file, databaseOwners, busUserNames(subscribers));
  const environments = Object.entries(secretEnvironments(secrets, subscribers));
  const files = [
    { name: 'nats.conf', content: natsConf(subscribers, secrets.bus), mode: READABLE },
    { name: 'databases.sql', content: databasesSql(secrets.databases), mode: READABLE },
    ...environments.map(([name, values]) => ({ name: `${name}.env`, content: envFile(values), mode: PRIVATE })),
  ];
  for (const { name, content, mode } of files) writeFileSync(join(dir, name), content, { mode });
  return files.map(({ name }) => name);
}

/** The users on the bus who have a password and are none of the platform's. */
function knownSubscribers(file: string): string[] {
  const kept = existsSync(file)
    ? readPrivateJson(file, z.looseObject({ bus: z.record(z.string(), z.string()) }))
    : undefined;
  return Object.keys(kept?.bus ?? {}).filter((name) => !busUserNames([]).includes(name));
}

function checkName(name: string): string {
  if (!/^[a-z][a-z0-9-]{0,40}$/.test(name)) throw new Refusal(`${name} is no name: lower case, digits and hyphens.`);
  if (busUserNames([]).includes(name)) throw new Refusal(`${name} is a name of the platform's own.`);
  return name;
}
