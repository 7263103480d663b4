import { type Msg, nanos } from '@nats-io/transport-node';

/**
 * A message that JetStream has handed to us and wants to hear about, or it hands it out again.
 *
 * @see https://docs.nats.io/nats-concepts/jetstream/consumers
 */
export class Delivery {
  /** How many times it was handed out, this one included. */
  readonly attempt: number;
  /** Its number in the stream. */
  readonly sequence: number;
  private settled = false;

  constructor(
    private readonly message: Msg,
    private readonly onSettled: (delivery: Delivery) => void,
  ) {
    const { attempt, sequence } = parseAckSubject(message.reply ?? '');
    this.attempt = attempt;
    this.sequence = sequence;
  }

  get subject(): string {
    return this.message.subject;
  }

  get bytes(): Uint8Array {
    return this.message.data;
  }

  /** It has had its effect. */
  acknowledge(): void {
    this.settle('+ACK');
  }

  /** It shall come again after so many milliseconds, to us or to another replica. */
  giveBack(delayMs = 0): void {
    this.settle(delayMs > 0 ? `-NAK ${JSON.stringify({ delay: nanos(delayMs) })}` : '-NAK');
  }

  /** We are still at it: the wait for our acknowledgement begins anew. */
  extend(): void {
    this.message.respond('+WPI');
  }

  private settle(answer: string): void {
    if (this.settled) return;
    this.settled = true;
    this.message.respond(answer);
    this.onSettled(this);
  }
}

/**
 * `$JS.ACK.<stream>.<consumer>.<delivered>.<sequence>.…`, or with domain and account hash before the stream.
 *
 * @see https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-15.md
 */
function parseAckSubject(subject: string): { attempt: number; sequence: number } {
  const tokens = subject.split('.');
  const [, , attempt, sequence] = tokens.slice(tokens.length === 9 ? 2 : 4);
  return { attempt: Number(attempt), sequence: Number(sequence) };
}
