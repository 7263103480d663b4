import { startMailCatcher, startNats, startPostgres } from '@valetkey/testing/stack';
import { busConfig, makeStreams } from './bus.ts';
import { makeDatabases } from './databases.ts';
import type { Lifetime } from './lifetime.ts';
import { step } from './progress.ts';
import type { Stack } from './stack.ts';
import type { State } from './state.ts';

/** Starts what the services stand on, all at once, and makes databases, roles, streams and consumers that are missing. */
export async function startServers(stack: Stack, state: State, lifetime: Lifetime): Promise<void> {
  const starts = await Promise.allSettled([
    step('PostgreSQL', () => startDatabases(stack, state, lifetime)),
    step('NATS', () => startBus(stack, state, lifetime)),
    step('Mail catcher', () => startMail(stack, state, lifetime)),
  ]);
  for (const start of starts) if (start.status === 'rejected') throw start.reason;
}

async function startDatabases({ ports, secrets }: Stack, state: State, lifetime: Lifetime): Promise<void> {
  const postgres = await startPostgres({
    ephemeral: false,
    dataDir: state.pgdata,
    password: secrets.postgres,
    port: ports.POSTGRES_PORT,
    detached: true,
  });
  lifetime.watch('PostgreSQL', postgres); // on record already, in its data directory
  await makeDatabases(postgres.url(), secrets.databases);
}

async function startBus({ ports, secrets }: Stack, state: State, lifetime: Lifetime): Promise<void> {
  const config = busConfig(secrets.bus);
  const nats = await startNats({ config, port: ports.NATS_PORT, storeDir: state.nats, detached: true });
  await lifetime.adopt('NATS', nats);
  await makeStreams(nats.url, secrets.bus);
}

async function startMail({ ports }: Stack, state: State, lifetime: Lifetime): Promise<void> {
  const { MAIL_SMTP_PORT: smtpPort, MAIL_WEB_PORT: webPort } = ports;
  await lifetime.adopt(
    'The mail catcher',
    await startMailCatcher({ smtpPort, webPort, dir: state.mail, detached: true }),
  );
}
