import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';

const Text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const Service = z.looseObject({
  command: z.array(z.string()).optional(),
  container_name: z.string().optional(),
  env_file: z.string().optional(),
  environment: z.record(z.string(), Text).default({}),
  healthcheck: z.looseObject({ test: z.array(z.string()).optional(), disable: z.boolean().optional() }).optional(),
  ports: z.array(z.string()).default([]),
});
export type ComposeService = z.infer<typeof Service>;

/** The services of docker-compose.yml, with the defaults of the variables in it. */
export function readComposeFile(root: string): Readonly<Record<string, ComposeService>> {
  const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
  const parsed: unknown = parse(text, withDefaults, { merge: true });
  return z.looseObject({ services: z.record(z.string(), Service) }).parse(parsed).services;
}

/** What a service finds in its environment, its secrets being in `dir`. */
export function environmentOf({ env_file: file, environment }: ComposeService, dir: string): Record<string, string> {
  const secrets = file ? parseEnv(readFileSync(file.replace('.valetkey/compose', dir), 'utf8')) : {};
  return z.record(z.string(), z.string()).parse({ ...secrets, ...environment });
}

/** `${NAME:-default}` by its default, the innermost first. */
function withDefaults(_key: unknown, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const replaced = value.replace(/\$\{\w+:-([^${}]*)\}/g, '$1');
  return replaced === value ? value : withDefaults(_key, replaced);
}
