import { type JetStreamClient, jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Delivery } from './delivery.ts';
import { deadSubject } from '../names.ts';

/** What stands in `ACCESS_DEAD` under `dead.v1.<durable>`, as JSON. */
export interface ParkedEvent {
  durable: string;
  /** The subject it was published on, and its number in `ACCESS`. */
  subject: string;
  sequence: number;
  attempts: number;
  error: { name: string; message: string };
  /** The bytes that arrived, in base64. */
  body: string;
}

const PUBACK_TIMEOUT_MS = 5_000;

/** Where a durable's events go that could not be handled. */
export class Parking {
  private readonly client: JetStreamClient;

  constructor(
    connection: NatsConnection,
    private readonly durable: string,
  ) {
    this.client = jetstream(connection);
  }

  /** Resolves once it is stored; rejects when that is not sure. Parking it again is harmless. */
  async park({ subject, sequence, attempt, bytes }: Delivery, { name, message }: Error): Promise<void> {
    const body = Buffer.from(bytes).toString('base64');
    const parked: ParkedEvent = {
      durable: this.durable,
      subject,
      sequence,
      attempts: attempt,
      error: { name, message },
      body,
    };
    await this.client.publish(deadSubject(this.durable), JSON.stringify(parked), {
      msgID: `${this.durable}:${sequence}`,
      timeout: PUBACK_TIMEOUT_MS,
    });
  }
}
