import { join } from 'node:path';
import { spawnServer, waitUntil } from '@valetkey/testing/stack';
import pc from 'picocolors';
import type { Lifetime } from './lifetime.ts';
import { printLine } from './print-line.ts';
import { step } from './progress.ts';
import { Refusal } from './refusal.error.ts';
import type { Service } from './services.ts';

const READY_TIMEOUT_MS = 60_000;
const READY_EVERY_MS = 50;
const ANSWER_TIMEOUT_MS = 2_000;

/** Starts services, each in a process of its own, and waits until all of them are ready. */
export async function startServices(services: readonly Service[], root: string, lifetime: Lifetime): Promise<void> {
  for (const service of services) {
    lifetime.signal.throwIfAborted();
    await launch(service, root, lifetime);
  }
  await Promise.all(services.map((service) => step(service.name, () => untilReady(service, lifetime.signal))));
}

async function launch({ name, main, env }: Service, root: string, lifetime: Lifetime): Promise<void> {
  const colours = pc.isColorSupported ? { FORCE_COLOR: '1' } : {};
  const server = await spawnServer({
    command: process.execPath,
    args: [join(root, main)],
    cwd: root,
    env: { ...process.env, ...colours, ...env },
    output: { line: (line) => printLine(name, line) },
    detached: true,
  });
  await lifetime.adopt(name, server);
}

async function untilReady({ name, managementPort }: Service, signal: AbortSignal): Promise<void> {
  const url = `http://127.0.0.1:${managementPort}/health/ready`;
  let lastAnswer = 'no answer';
  const ask = async () => {
    const answer = await fetch(url, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) }).catch(() => undefined); // not yet
    if (answer && !answer.ok) lastAnswer = await answer.text();
    return answer?.ok || undefined;
  };
  const ready = await waitUntil(ask, { timeoutMs: READY_TIMEOUT_MS, everyMs: READY_EVERY_MS, signal });
  if (!ready) throw new Refusal(`${name} is not ready after ${READY_TIMEOUT_MS / 1000} s: ${lastAnswer}`);
}
