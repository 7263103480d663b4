import { BusConnection } from '@valetkey/messaging';
import { natsServerConfig, platformDurables, platformUsers, setUpBus } from '@valetkey/messaging/topology';
import { type Nats, startNats } from './stack/index.ts';

/** All passwords of a test's NATS follow from the user's name. */
export function testPassword(user: string): string {
  return `password-of-${user}`;
}

export interface TestBus {
  nats: Nats;
  /** Environment with which a service reaches it. */
  environmentOf(user: string): { NATS_URL: string; NATS_USER: string; NATS_PASSWORD: string };
  /** On the bus with the credentials of one of its users, until the bus stops. */
  connect(user: string): Promise<BusConnection>;
  /** Closes the connections that it made, then stops the server. */
  stop(): Promise<void>;
}

/** A NATS server of the test's own, with the platform's users, rights, streams and durables, and a subscriber `reader`. */
export async function startTestBus({ port, storeDir }: { port?: number; storeDir?: string } = {}): Promise<TestBus> {
  const subscribers = [{ user: 'reader', durable: 'reader' }, { user: 'devices' }];
  const users = platformUsers({ passwordOf: testPassword, subscribers, askers: ['seed'] });
  const nats = await startNats({ config: natsServerConfig(users), port, storeDir });
  await setUpBus({ servers: [nats.url], user: 'setup', password: testPassword('setup') }, [
    ...platformDurables,
    { durable: 'reader', start: 'beginning' },
  ]);
  const connections: BusConnection[] = [];
  return {
    nats,
    environmentOf: (user) => ({ NATS_URL: nats.url, NATS_USER: user, NATS_PASSWORD: testPassword(user) }),
    connect: async (user) => {
      const options = { servers: [nats.url], user, password: testPassword(user), name: user };
      const connection = await BusConnection.open(options);
      connections.push(connection);
      return connection;
    },
    stop: async () => {
      await Promise.all(connections.map(async (connection) => connection.close()));
      await nats.stop();
    },
  };
}
