/**
 * `node tools/parked-events.ts [<durable>]`: names the events that are parked in `ACCESS_DEAD`; with the name of a
 * durable it hands out that one's again, and with them all events since. Takes the environment of the set-up.
 */
import { ConfigError, readConfig } from '@valetkey/config';
import { connect } from '@nats-io/transport-node';
import { parkedEvents } from './parked/parked-events.ts';
import { replay } from './parked/replay.ts';
import { setUpBusConfig } from './set-up-bus.config.ts';

async function main(durable: string | undefined): Promise<void> {
  const { NATS_URL, NATS_USER: user, NATS_PASSWORD: pass } = readConfig(setUpBusConfig);
  const connection = await connect({ servers: [...NATS_URL], user, pass, inboxPrefix: `_INBOX.${user}` });
  try {
    const parked = await parkedEvents(connection, durable);
    for (const event of parked) process.stdout.write(`${JSON.stringify(event)}\n`);
    if (durable !== undefined) process.stdout.write(`${await replay(connection, durable, parked)}\n`);
  } finally {
    await connection.drain();
  }
}

try {
  await main(process.argv[2]);
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
