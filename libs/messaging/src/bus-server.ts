import { Failure, isFailure, type RequestContext, type ServiceName, serviceNames } from '@valetkey/contracts';
import { Logger, Metrics, runInSpan } from '@valetkey/observability';
import type { Msg, Subscription } from '@nats-io/transport-node';
import { BusAwayError } from './bus-away.error.ts';
import type { BusConnection } from './bus-connection.ts';
import { dispatch, type Handling } from './dispatch.ts';
import { EarlyAnswer } from './early-answer.ts';
import type { HandlerContext } from './handles.decorator.ts';
import { isInbox } from './topology/names.ts';
import { contextOf, encodeReply } from './wire.ts';

/** Serves a service's contracts: one queue group per service, so that replicas share the load. */
export class BusServer {
  private readonly handlings: ReadonlyMap<string, Handling>;
  private subscriptions: Subscription[] = [];
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly connection: BusConnection,
    private readonly service: ServiceName,
    handlings: readonly Handling[],
    private readonly logger: Logger,
    private readonly metrics: Metrics,
    private readonly isOutage: (error: unknown) => boolean = () => false,
  ) {
    this.handlings = new Map(handlings.map((handling) => [handling.contract.subject, handling]));
  }

  /** Resolves once the server knows: who is told then that we are here finds us. */
  async listen(): Promise<void> {
    // The prefix tells who asks: `gw` is the gateway, `svc.<caller>` a service; NATS lets nobody else publish there.
    this.subscriptions = [`gw.${this.service}.>`, `svc.*.${this.service}.>`].map((subject) =>
      this.connection.nats.subscribe(subject, {
        queue: this.service,
        callback: (error, message) => {
          if (error) this.logger.error({ err: error, subject }, 'subscription failed');
          // Who asks names the subject of the answer: never one on which only we may speak.
          else if (isInbox(message.reply)) this.track(this.serve(message));
          else this.logger.warn({ subject: message.subject }, 'a request without an inbox is not served');
        },
      }),
    );
    await this.connection.nats.flush();
  }

  /** Takes nothing new and waits for what is under way. */
  async drain(): Promise<void> {
    try {
      await this.connection.whileConnected(() => Promise.all(this.subscriptions.map((each) => each.drain())));
    } catch (error) {
      // Without the bus nothing new comes.
      if (!(error instanceof BusAwayError)) throw error;
    }
    await Promise.all(this.running);
  }

  private track(work: Promise<void>): void {
    this.running.add(work);
    void work.finally(() => this.running.delete(work));
  }

  private async serve(message: Msg): Promise<void> {
    const started = performance.now();
    const { subject, caller } = splitSubject(message.subject);
    const reply: HandlerContext['reply'] = { touched: [] };
    const answer = await this.answer(message, subject, caller, reply);
    this.respond(message, encodeReply(answer, reply.touched));
    const outcome = isFailure(answer) ? answer.code : 'ok';
    const labels = { direction: 'served', subject, outcome } as const;
    this.metrics.recordBusCall(labels, (performance.now() - started) / 1000);
  }

  /** A reply that the bus does not carry is our fault: it is answered as one, and logged. */
  private respond(message: Msg, reply: string): void {
    try {
      message.respond(reply);
    } catch (err) {
      this.logger.error({ err, subject: message.subject, characters: reply.length }, 'a reply could not be sent');
      if (!this.connection.nats.isClosed()) message.respond(encodeReply(new Failure('internal'), []));
    }
  }

  private async answer(
    message: Msg,
    subject: string,
    caller: string | undefined,
    reply: HandlerContext['reply'],
  ): Promise<unknown> {
    const handling = this.handlings.get(subject);
    if (!handling) return this.refuseUnknown(subject);
    let context: RequestContext | undefined;
    try {
      context = { ...contextOf(message), service: serviceNames.find((name) => name === caller) };
      const input = inputOf(message);
      const asked = context;
      const { traceparent } = asked;
      return await runInSpan(`serve ${subject}`, { traceparent }, (own) =>
        dispatch(handling, input, { ...asked, traceparent: own, reply }),
      );
    } catch (error) {
      if (error instanceof EarlyAnswer) return error.answer;
      if (this.isOutage(error)) {
        this.logger.warn({ err: error, subject, requestId: context?.requestId }, 'request refused: its store is away');
        return new Failure('unavailable', { retryAfter: 1 });
      }
      this.logger.error({ err: error, subject, requestId: context?.requestId }, 'request failed');
      return new Failure('internal');
    }
  }

  /** As during an upgrade: a replica of another version may know it. */
  private refuseUnknown(subject: string): Failure {
    this.logger.warn({ subject }, 'request refused: it is not handled here');
    return new Failure('unavailable', { retryAfter: 1 });
  }
}

/** What is no JSON is no input of any contract; the parser's error would tell a piece of it to the log. */
function inputOf(message: Msg): unknown {
  try {
    return message.json();
  } catch {
    return undefined;
  }
}

/** `gw.<subject>` or `svc.<caller>.<subject>`. */
function splitSubject(full: string): { subject: string; caller?: string } {
  const parts = full.split('.');
  if (parts[0] === 'svc') return { caller: parts[1], subject: parts.slice(2).join('.') };
  return { subject: parts.slice(1).join('.') };
}
