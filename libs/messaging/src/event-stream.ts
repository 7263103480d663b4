import { type JetStreamClient, jetstream } from '@nats-io/jetstream';
import type { BusConnection } from './bus-connection.ts';

const PUBACK_TIMEOUT_MS = 2_000;

/** Publishes to the stream of access events. */
export class EventStream {
  private readonly client: JetStreamClient;

  constructor(private readonly connection: BusConnection) {
    this.client = jetstream(connection.nats);
  }

  /** Resolves with the PubAck, rejects without one. Publishing an id again is harmless: the stream drops the double. */
  async publish(subject: string, id: string, body: string): Promise<void> {
    const options = { msgID: id, timeout: PUBACK_TIMEOUT_MS };
    await this.connection.whileConnected(() => this.client.publish(subject, body, options));
  }
}
