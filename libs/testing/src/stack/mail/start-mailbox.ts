import { EventEmitter, once } from 'node:events';
import { type ReceivedMail, receiveMail } from './received-mail.ts';
import { listenForMail } from './smtp-listener.ts';

/** An SMTP server in this process that keeps what it receives. */
export interface Mailbox {
  /** e.g. `smtp://127.0.0.1:25025` */
  readonly smtpUrl: string;
  /** Everything received so far, oldest first. */
  messages(): readonly ReceivedMail[];
  /**
   * The first mail that the predicate holds for, already here or yet to come.
   *
   * @throws Error naming what did come, once the time is over.
   */
  waitFor(predicate: (mail: ReceivedMail) => boolean, patience: { timeoutMs: number }): Promise<ReceivedMail>;
  /**
   * Refuses every recipient with this code from now on, e.g. 451 or 550 (RFC 5321 §4.2.2), or the one that is named;
   * null takes mail again.
   */
  rejectWith(code: number | null, recipient?: string): void;
  /** Hangs up on everybody. */
  close(): Promise<void>;
}

/** @param options.port a free one by default; the one of before, to come back after an absence. */
export async function startMailbox({ port }: { port?: number } = {}): Promise<Mailbox> {
  const received: ReceivedMail[] = [];
  const arrivals = new EventEmitter<{ mail: [] }>().setMaxListeners(0);
  let refusal: { code: number | null; recipient?: string | undefined } = { code: null };

  const keep = (mail: ReceivedMail) => {
    received.push(mail);
    arrivals.emit('mail');
  };
  const listener = await listenForMail(
    {
      onRcptTo: ({ address }, _session, done) => {
        const { code, recipient = address } = refusal;
        done(code === null || recipient !== address ? null : refused(code));
      },
      onData: (stream, session, done) =>
        void receiveMail(stream, session)
          .then(keep)
          .then(() => done(), done),
    },
    port,
  );
  return {
    smtpUrl: listener.url,
    messages: () => [...received],
    waitFor: (predicate, { timeoutMs }) => firstMatch(received, arrivals, predicate, timeoutMs),
    rejectWith: (code, recipient) => void (refusal = { code, recipient }),
    close: () => listener.close(),
  };
}

function refused(responseCode: number): Error {
  return Object.assign(new Error('Refused, as the test asked'), { responseCode });
}

async function firstMatch(
  received: readonly ReceivedMail[],
  arrivals: EventEmitter<{ mail: [] }>,
  predicate: (mail: ReceivedMail) => boolean,
  timeoutMs: number,
): Promise<ReceivedMail> {
  const signal = AbortSignal.timeout(timeoutMs);
  for (;;) {
    const found = received.find(predicate);
    if (found) return found;
    await once(arrivals, 'mail', { signal }).catch((cause: unknown) => {
      const others = received.map(({ envelope, subject }) => `"${subject}" to ${envelope.to.join(', ')}`);
      throw new Error(`No such mail within ${timeoutMs} ms. Received: ${others.join('; ') || 'nothing'}`, { cause });
    });
  }
}
