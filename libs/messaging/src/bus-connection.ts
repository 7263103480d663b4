import type { NatsConnection } from '@nats-io/transport-node';
import { type BusOptions, connectBus } from './connect-bus.ts';

/** One service's connection to the bus, and whether it stands at this moment. */
export class BusConnection {
  private standing = true;

  private constructor(readonly nats: NatsConnection) {
    void this.follow();
  }

  static async open(options: BusOptions): Promise<BusConnection> {
    return new BusConnection(await connectBus(options));
  }

  /** False from the moment a cut is noticed until the reconnection. */
  get connected(): boolean {
    return this.standing && !this.nats.isClosed();
  }

  /** Sends what is buffered, waits for subscriptions to end, then closes. */
  async close(): Promise<void> {
    if (this.nats.isClosed()) return;
    // Draining needs the server; without it there is nobody to be polite to.
    await (this.connected ? this.nats.drain() : this.nats.close());
  }

  private async follow(): Promise<void> {
    for await (const { type } of this.nats.status()) {
      if (type === 'disconnect' || type === 'staleConnection') this.standing = false;
      else if (type === 'reconnect') this.standing = true;
    }
  }
}
