import { type JetStreamClient, jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { BusConnection } from './bus-connection.ts';
import { streams } from './topology/names.ts';

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

  /**
   * Deletes an account's events from the stream, up to the one at this place and without it. Needs the right to purge,
   * see `rightsOf`.
   */
  async forget(accountId: string, place: number): Promise<void> {
    const filter = `access.v1.${accountId}.>`;
    await this.connection.whileConnected(async () => {
      // The look at the API beforehand would need a right of its own.
      const manager = await jetstreamManager(this.connection.nats, { checkAPI: false });
      await manager.streams.purge(streams.access.name, { filter, seq: place });
    });
  }
}
