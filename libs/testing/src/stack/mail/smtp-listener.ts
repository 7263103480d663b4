import { once } from 'node:events';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { freePort } from '../process/free-port.ts';

const CLOSE_AFTER_MS = 1;

export interface SmtpListener {
  readonly url: string;
  close(): Promise<void>;
}

/** An SMTP server on 127.0.0.1, in clear and without sign-in. It does not wait for its clients when it closes. */
export async function listenForMail(
  handlers: Pick<SMTPServerOptions, 'onData' | 'onRcptTo'>,
  port?: number,
): Promise<SmtpListener> {
  const smtp = new SMTPServer({
    ...handlers,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: CLOSE_AFTER_MS,
  });
  const listenOn = port ?? (await freePort());
  smtp.listen(listenOn, '127.0.0.1');
  await once(smtp.server, 'listening');
  smtp.on('error', () => undefined); // a client that went away in the middle, which is the client's affair
  return { url: `smtp://127.0.0.1:${listenOn}`, close: () => new Promise((resolve) => smtp.close(resolve)) };
}
