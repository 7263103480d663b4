import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { type Nats, startNats } from '@valetkey/testing/stack';
import { z } from 'zod';
import { writeKeys } from './compose/write-keys.ts';

const dir = mkdtempSync(join(tmpdir(), 'valetkey-bus-'));
const Environment = z.record(z.string(), z.string());
let nats: Nats;
let environment: Record<string, string>;

beforeAll(async () => {
  writeKeys(dir, ['billing']);
  // Where it keeps its streams and shows its health, the container decides, and here the test.
  const config = readFileSync(join(dir, 'nats.conf'), 'utf8').replace(/^(jetstream|http).*$/gm, '');
  nats = await startNats({ config });
  environment = { ...Environment.parse(parseEnv(readFileSync(join(dir, 'setup.env'), 'utf8'))), NATS_URL: nats.url };
});
afterAll(async () => {
  await nats.stop();
  rmSync(dir, { recursive: true });
});

function setUpBus(env: Record<string, string>) {
  const script = join(import.meta.dirname, 'set-up-bus.ts');
  return spawnSync(process.execPath, ['--conditions=@valetkey/source', script], { env, encoding: 'utf8' });
}

describe('The set-up of the bus', () => {
  it('makes the streams and the durables of services and subscribers, and can run again', async () => {
    expect(setUpBus(environment)).toMatchObject({ status: 0, stderr: '' });
    expect(setUpBus(environment)).toMatchObject({ status: 0, stderr: '' });
    const { NATS_USER: user, NATS_PASSWORD: pass } = environment;
    const connection = await connect({ servers: nats.url, user, pass, inboxPrefix: `_INBOX.${user}` });
    const manager = await jetstreamManager(connection);
    const durables = await manager.consumers.list('ACCESS').next();
    expect(durables.map(({ name }) => name).sort()).toEqual(expect.arrayContaining(['audit', 'billing', 'tokens']));
    await connection.close();
  });

  it('says which variable is missing', () => {
    const { status, stderr } = setUpBus({ ...environment, NATS_PASSWORD: '' });
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('NATS_PASSWORD is required') });
  });
});
