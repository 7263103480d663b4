import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { PortTakenError } from '../process/port-taken.error.ts';
import { signalProcess } from '../process/signal-process.ts';
import { type Nats, type NatsOptions, startNats } from './start-nats.ts';

const config = 'authorization { users = [ { user: tokens, password: secret } ] }';
const cleanUp: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
});

async function start(options: Partial<NatsOptions> = {}): Promise<Nats> {
  const nats = await startNats({ config, ...options });
  cleanUp.push(() => nats.stop());
  return nats;
}

async function connectTo(nats: Nats): Promise<NatsConnection> {
  const connection = await connect({ servers: nats.url, user: 'tokens', pass: 'secret', reconnect: false });
  cleanUp.push(() => connection.close());
  return connection;
}

describe('NATS', () => {
  it('starts on a free port, with JetStream and the users it was given', async () => {
    const nats = await start();
    const connection = await connectTo(nats);
    await (await jetstreamManager(connection)).streams.add({ name: 'ACCESS', subjects: ['access.>'] });

    expect((await jetstream(connection).publish('access.v1')).seq).toBe(1);
    await expect(connect({ servers: nats.url, user: 'tokens', pass: 'guess', reconnect: false })).rejects.toThrow(
      'Authorization Violation',
    );
  });

  it('has its streams again after a kill -9, on the same port', async () => {
    const storeDir = await mkdtemp(join(tmpdir(), 'valetkey-nats-'));
    cleanUp.push(() => rm(storeDir, { recursive: true }));
    const first = await start({ storeDir });
    const connection = await connectTo(first);
    await (await jetstreamManager(connection)).streams.add({ name: 'ACCESS', subjects: ['access.>'] });
    await jetstream(connection).publish('access.v1', 'acknowledged');
    signalProcess(first.pid, 'SIGKILL');
    await first.exited;

    const second = await start({ storeDir, port: Number(new URL(first.url).port) });
    const manager = await jetstreamManager(await connectTo(second));
    expect((await manager.streams.info('ACCESS')).state.messages).toBe(1);
  });

  it('says which port is taken', async () => {
    const port = Number(new URL((await start()).url).port);
    await expect(start({ port })).rejects.toThrow(new PortTakenError(port, 'NATS'));
  });

  it('quotes the log when its configuration is wrong', async () => {
    await expect(start({ config: 'authorization {' })).rejects.toThrow(/NATS did not start[^]+Unexpected EOF/);
  });
});
