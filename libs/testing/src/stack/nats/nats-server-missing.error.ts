const REMEDY = `nats-server is needed. Put it on the PATH:
  Debian, Ubuntu   sudo apt-get install nats-server
  macOS            brew install nats-server
  elsewhere        https://github.com/nats-io/nats-server/releases`;

/** There is no nats-server program, and we could not install it. The message says how to, and why we could not. */
export class NatsServerMissingError extends Error {
  override readonly name = 'NatsServerMissingError';

  constructor(why: string) {
    super(`${REMEDY}\nIt could not be installed from here: ${why}`);
  }
}
