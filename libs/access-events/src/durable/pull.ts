import { errors, type Msg, nanos, type NatsConnection } from '@nats-io/transport-node';
import { ACCESS_STREAM } from '../names.ts';

/** How many events a request may bring. */
export const BATCH = 200;
/** How long a request is open. Short, so that stopping takes no longer, nor missing one that was lost with its connection. */
export const EXPIRES_MS = 1_000;
/** How long one may be silent: by then the request after it, too, would have expired. */
const SILENCE_MS = 2.5 * EXPIRES_MS;

const REQUEST = JSON.stringify({ batch: BATCH, expires: nanos(EXPIRES_MS) });
const LISTENING = { strategy: 'timer', maxWait: SILENCE_MS, noMux: true } as const;
/** Statuses with which a request ends in good order: nothing waits, or it expired. */
const USUAL_ENDS = new Set([404, 408]);

export interface Source {
  connection: NatsConnection;
  durable: string;
}

/** `done`: it brought all it could. `silent`: the server never said that it is over. */
export type End = 'done' | 'silent' | { refused: string };

/**
 * Makes one request to a durable, hands on what it brings, also what comes late, and answers how it ended.
 *
 * @throws ClosedConnectionError when the connection is closed for good.
 * @see https://docs.nats.io/reference/reference-protocols/nats_api_reference#fetching-from-a-pull-consumer
 */
export async function pull({ connection, durable }: Source, take: (message: Msg) => void): Promise<End> {
  const subject = `$JS.API.CONSUMER.MSG.NEXT.${ACCESS_STREAM}.${durable}`;
  let count = 0;
  try {
    for await (const message of await connection.requestMany(subject, REQUEST, LISTENING)) {
      const { code = 0, description = '' } = message.headers ?? {};
      if (code > 0) return USUAL_ENDS.has(code) ? 'done' : { refused: `${code} ${description}` };
      take(message);
      count += 1;
      if (count === BATCH) return 'done';
    }
  } catch (error) {
    if (isRefusal(error)) return { refused: error.message };
    throw error;
  }
  return 'silent';
}

/** There is no JetStream (yet), or we may not fetch from this durable. */
function isRefusal(error: unknown): error is Error {
  return error instanceof errors.NoRespondersError || error instanceof errors.PermissionViolationError;
}
