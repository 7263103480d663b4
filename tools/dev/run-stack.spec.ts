import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort, isPortFree, waitUntil } from '@valetkey/testing/stack';
import { type FakeStack, startFakeStack } from './fixtures/start-fake-stack.ts';
import { portVariables } from './ports.ts';
import { isRunning, readRun } from './run-record.ts';
import { stateIn } from './state.ts';
import { stopRun } from './stop-run.ts';

/** Is ready at once, ends when it is asked to, and dies of a request. */
const SERVICE = `
  import { createServer } from 'node:http';
  const answer = ({ url }, response) => (url === '/die' ? process.exit(9) : response.end());
  createServer(answer).listen(process.env.MANAGEMENT_PORT, '127.0.0.1');
  process.on('SIGTERM', () => { console.log('ends'); process.exit(0); });
`;

describe('the development stack', () => {
  const ports = new Map<string, number>();
  let root: string;
  let stack: FakeStack;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'valetkey-workspace-'));
    for (const name of ['front', 'back']) await writeFile(join(root, `${name}.mjs`), SERVICE);
    for (const variable of portVariables) ports.set(variable, await freePort());
  });
  afterEach(async () => {
    await stack.stop();
    await stopRun(stateIn(root));
  });
  afterAll(() => rm(root, { recursive: true }));

  async function start(): Promise<FakeStack> {
    stack = await startFakeStack(root, ports);
    return stack;
  }

  async function expectNothingLeft(): Promise<void> {
    for (const [variable, port] of ports) expect([variable, await isPortFree(port)]).toEqual([variable, true]);
    const { run, devFile } = stateIn(root);
    expect([run, devFile].filter((file) => existsSync(file))).toEqual([]);
  }

  it('starts, tells how to come in, and leaves nothing behind after Ctrl-C', async () => {
    const { says, lines, pid, exited } = await start();
    await says('Valetkey is running');
    expect(JSON.parse(await readFile(stateIn(root).devFile, 'utf8'))).toMatchObject({
      gatewayUrl: `http://127.0.0.1:${ports.get('PORT')}`,
      users: { owner: { email: 'someone@acme.example' } },
      subscriber: { user: 'subscriber', durable: 'demo', inboxPrefix: '_INBOX.subscriber' },
    });

    process.kill(pid, 'SIGINT');
    expect(await exited).toEqual({ code: 0, signal: null });
    expect(lines.filter((line) => line.endsWith('ends')).map((line) => line.split(' ')[0])).toEqual(['front', 'back']);
    await expectNothingLeft();
  });

  it('ends altogether when a service dies, names it, and exits with 1', async () => {
    const { says, lines, exited } = await start();
    await says('Valetkey is running');
    await fetch(`http://127.0.0.1:${ports.get('TOKENS_MANAGEMENT_PORT')}/die`).catch(() => undefined);

    expect(await exited).toEqual({ code: 1, signal: null });
    expect(lines.at(-1)).toBe('✖ back has ended by itself (exit code 9).');
    await expectNothingLeft();
  });

  it('starts nothing when a port is taken, and names the variable to set', async () => {
    const other = createServer().listen(ports.get('PORT'), '127.0.0.1');
    const { lines, exited } = await start();

    expect(await exited).toEqual({ code: 1, signal: null });
    expect(lines).toEqual([`✖ Port ${ports.get('PORT')} is taken. Choose another one with PORT.`]);
    await new Promise((resolve) => other.close(resolve));
    await expectNothingLeft();
  });

  it('does not start twice', async () => {
    await (await start()).says('Valetkey is running');
    const second = await startFakeStack(root, ports);

    expect(await second.exited).toEqual({ code: 1, signal: null });
    expect(second.lines).toEqual([expect.stringContaining(`running here already (process ${stack.pid})`)]);
  });

  it('starts again after a kill -9 of the runner, and ends what that one left', async () => {
    const first = await start();
    await first.says('Valetkey is running');
    const left = readRun(stateIn(root).run)?.processes ?? [];
    process.kill(first.pid, 'SIGKILL');
    await first.exited;

    const second = await start();
    await second.says('Valetkey is running');
    expect(second.lines[0]).toBe('Stopped what a killed run had left: front, back, The mail catcher, NATS, PostgreSQL');
    for (const process of left) expect(await isRunning(process)).toBe(false);
  });

  it('can be interrupted while it starts', async () => {
    const { says, pid, exited } = await start();
    await says('✔ Build');
    process.kill(pid, 'SIGINT');

    expect(await exited).toEqual({ code: 0, signal: null });
    await expectNothingLeft();
  });

  it('kills what does not end at the second Ctrl-C', async () => {
    await writeFile(join(root, 'front.mjs'), SERVICE.replace('process.exit(0)', ''));
    const { says, pid, exited } = await start();
    await says('Valetkey is running');
    const left = readRun(stateIn(root).run)?.processes ?? [];
    process.kill(pid, 'SIGINT');
    await says('ends');
    process.kill(pid, 'SIGINT');

    expect(await exited).toEqual({ code: 130, signal: null });
    const allGone = async () => ((await Promise.all(left.map(isRunning))).includes(true) ? undefined : true);
    expect(await waitUntil(allGone, { timeoutMs: 5_000 })).toBe(true);
  });
});
