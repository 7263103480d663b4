/** Makes the streams and durable consumers that are missing, with the credentials that alone may. Runs before the services. */
import { ConfigError, readConfig } from '@valetkey/config';
import { platformDurables, setUpBus } from '@valetkey/messaging/topology';
import { setUpBusConfig } from './set-up-bus.config.ts';

try {
  const { NATS_URL: servers, NATS_USER: user, NATS_PASSWORD: password, DURABLES = [] } = readConfig(setUpBusConfig);
  const subscribers = DURABLES.map((durable) => ({ durable, start: 'new' as const }));
  await setUpBus({ servers, user, password }, [...platformDurables, ...subscribers]);
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
