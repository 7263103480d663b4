import { type Postgres, startMailCatcher, startNats } from '@valetkey/testing/stack';
import { busConfig, makeStreams } from '../../tools/dev/bus.ts';
import { makeDatabases } from '../../tools/dev/databases.ts';
import type { Stack } from '../../tools/dev/stack.ts';
import type { State } from '../../tools/dev/state.ts';

/** What the services stand on besides the run's PostgreSQL server, on which it makes their databases. */
export async function startBackends(
  { ports, secrets }: Stack,
  state: State,
  postgres: Postgres,
  started: AsyncDisposableStack,
): Promise<void> {
  await makeDatabases(postgres.url(), secrets.databases);
  const nats = await startNats({ config: busConfig(secrets.bus), port: ports.NATS_PORT, storeDir: state.nats });
  started.defer(nats.stop);
  await makeStreams(nats.url, secrets.bus);
  const { MAIL_SMTP_PORT: smtpPort, MAIL_WEB_PORT: webPort } = ports;
  const mail = await startMailCatcher({ smtpPort, webPort, dir: state.mail });
  started.defer(mail.stop);
}
