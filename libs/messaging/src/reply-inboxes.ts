import { randomBytes } from 'node:crypto';
import type { Msg, MsgHdrs, NatsConnection } from '@nats-io/transport-node';
import { BusAwayError } from './bus-away.error.ts';
import { replyInbox } from './topology/names.ts';

export interface Question {
  subject: string;
  /** The service that serves the subject, and alone may answer. */
  answerer: string;
  payload: string;
  headers?: MsgHdrs;
  timeoutMs: number;
}

/** The status by which the server says that nobody subscribes (https://docs.nats.io/nats-concepts/core-nats/reqreply). */
const NO_RESPONDERS = 503;

/**
 * Requests with one inbox for each service that is asked, in which NATS lets that service alone publish. The client's own
 * requests share one inbox for all, and who answers there needs `allow_responses`, for which the server notes every
 * message that could be answered and walks through all of its last minute at each further one.
 */
export class ReplyInboxes {
  /** Of this connection: another of the same user hears its answers, and must not take them for its own. */
  private readonly connectionId = randomBytes(12).toString('hex');
  private readonly listening = new Set<string>();
  private readonly waiting = new Map<string, PromiseWithResolvers<Msg>>();
  private asked = 0;

  constructor(
    private readonly nats: NatsConnection,
    private readonly user: string,
  ) {}

  /** The answer. @throws BusAwayError when nobody serves the subject, the answer is late, or it is abandoned. */
  async request({ subject, answerer, payload, headers, timeoutMs }: Question): Promise<Msg> {
    const inbox = this.inboxOf(answerer);
    const reply = `${inbox}.${(this.asked += 1).toString(36)}`;
    const answer = Promise.withResolvers<Msg>();
    const timer = setTimeout(() => answer.reject(new BusAwayError('timeout')), timeoutMs);
    this.waiting.set(reply, answer);
    try {
      this.nats.publish(subject, payload, { reply, headers });
      return await answer.promise;
    } finally {
      clearTimeout(timer);
      this.waiting.delete(reply);
    }
  }

  /** The connection has gone, and with it what would have been answered. */
  abandon(): void {
    for (const answer of this.waiting.values()) answer.reject(new BusAwayError('disconnected'));
  }

  private inboxOf(answerer: string): string {
    const inbox = replyInbox(this.user, answerer, this.connectionId);
    if (!this.listening.has(inbox)) {
      this.nats.subscribe(`${inbox}.*`, {
        callback: (error, message) => (error ? this.close(inbox, error) : this.settle(message)),
      });
      this.listening.add(inbox);
    }
    return inbox;
  }

  /** An answer that nobody waits for any more is dropped. */
  private settle(message: Msg): void {
    const answer = this.waiting.get(message.subject);
    if (message.headers?.code === NO_RESPONDERS) answer?.reject(new BusAwayError('no_responders'));
    else answer?.resolve(message);
  }

  /** The server does not let us listen there: who waits is told, and the next one tries again. */
  private close(inbox: string, error: Error): void {
    this.listening.delete(inbox);
    for (const [reply, answer] of this.waiting) if (reply.startsWith(inbox)) answer.reject(error);
  }
}
