import { rmSync } from 'node:fs';
import { busUsers } from './bus.ts';
import { databaseOwners } from './databases.ts';
import { writeDevFile } from './dev-file.ts';
import { refuseSecondRun, stopLeftovers } from './leftovers.ts';
import { Lifetime } from './lifetime.ts';
import { type Ports, readPorts, refuseTakenPorts } from './ports.ts';
import { readPrivateJson, writePrivateJson } from './private-json.ts';
import { step } from './progress.ts';
import { RunRecord } from './run-record.ts';
import { loadSecrets } from './secrets.ts';
import type { Service } from './services.ts';
import { Seeded, type Stack, stackOf } from './stack.ts';
import { startServers } from './start-servers.ts';
import { startServices } from './start-services.ts';
import { makeStateDir, type State, stateIn } from './state.ts';
import { welcome } from './welcome.ts';

/** What a stack is made of, besides PostgreSQL, NATS and the mail catcher. */
export interface Plan {
  /** The workspace; the stack's state is in `.valetkey/` there. */
  readonly root: string;
  readonly build: (state: State, signal: AbortSignal) => Promise<void>;
  readonly services: (stack: Stack) => readonly Service[];
  /** Makes the demo with the help of the running services. Asked at the first start; the answer is kept. */
  readonly seed: (stack: Stack) => Promise<Seeded>;
  readonly seededServices: (stack: Stack, seeded: Seeded) => readonly Service[];
}

/**
 * Runs the stack in the foreground until Ctrl-C or SIGTERM, and leaves no process behind.
 *
 * @throws what kept it from starting, or ended it.
 */
export async function runStack(plan: Plan): Promise<void> {
  const state = stateIn(plan.root);
  const ports = await prepare(state);
  const lifetime = new Lifetime(await RunRecord.begin(state.run));
  try {
    await start(plan, state, ports, lifetime);
    await lifetime.ended();
  } catch (error) {
    lifetime.fail(error);
  }
  rmSync(state.devFile, { force: true });
  await lifetime.stopAll();
  if (lifetime.failure !== undefined) throw lifetime.failure;
}

async function prepare(state: State): Promise<Ports> {
  const ports = readPorts(process.env);
  makeStateDir(state);
  await refuseSecondRun(state);
  const stopped = await stopLeftovers(state);
  if (stopped.length > 0) process.stdout.write(`Stopped what a killed run had left: ${stopped.join(', ')}\n`);
  await refuseTakenPorts(ports);
  return ports;
}

async function start(plan: Plan, state: State, ports: Ports, lifetime: Lifetime): Promise<void> {
  const { signal } = lifetime;
  await step('Build', () => plan.build(state, signal));
  const stack = stackOf(ports, loadSecrets(state.secrets, databaseOwners, busUsers));
  signal.throwIfAborted();
  await startServers(stack, state, lifetime);
  await startServices(plan.services(stack), plan.root, lifetime);
  const seeded = await step('Demo', () => seedOnce(plan, stack, state));
  await startServices(plan.seededServices(stack, seeded), plan.root, lifetime);
  signal.throwIfAborted();
  writeDevFile(state.devFile, stack, seeded);
  process.stdout.write(welcome(stack, seeded));
}

async function seedOnce(plan: Plan, stack: Stack, state: State): Promise<Seeded> {
  const kept = readPrivateJson(state.seeded, Seeded);
  if (kept) return kept;
  const seeded = await plan.seed(stack);
  writePrivateJson(state.seeded, seeded);
  return seeded;
}
