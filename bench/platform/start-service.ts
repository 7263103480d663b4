import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ServerProcess, spawnServer, waitUntil } from '@valetkey/testing/stack';
import type { Service } from '../../tools/dev/services.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const READY_WITHIN_MS = 60_000;

/** One built service in a process of its own, in production mode, its log in a file of the folder. */
export async function startService(service: Service, folder: string): Promise<ServerProcess> {
  const { name, main, env } = service;
  const file = join(folder, `${name}.log`);
  const server = await spawnServer({
    command: process.execPath,
    args: [join(root, main)],
    env: { ...process.env, ...env, NODE_ENV: 'production', LOG_FORMAT: 'json' },
    output: { file },
  });
  if (await waitUntil(() => isReady(service), { timeoutMs: READY_WITHIN_MS, everyMs: 50 })) return server;
  await server.stop();
  throw new Error(`${name} is not ready, see ${file}`);
}

async function isReady({ managementPort }: Service): Promise<true | undefined> {
  const answer = await fetch(`http://127.0.0.1:${managementPort}/health/ready`).catch(() => undefined);
  return answer?.ok || undefined;
}
