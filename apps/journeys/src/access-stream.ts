import { AccessEventEnvelope } from '@valetkey/contracts';
import { z } from 'zod';
import type { Platform } from './start-platform.ts';

const Info = z.object({ state: z.object({ first_seq: z.number(), last_seq: z.number() }) });
const Missing = z.object({ error: z.object({ code: z.literal(404) }) });
const Stored = z.object({ message: z.object({ subject: z.string(), data: z.base64() }) });

export interface StoredEvent {
  subject: string;
  /** As it is stored. */
  text: string;
  event: AccessEventEnvelope;
}

/** Every access event in the stream by now, oldest first. */
export async function storedEvents(platform: Platform): Promise<StoredEvent[]> {
  const { nats } = await platform.bus.connect('setup');
  const api = async (verb: string, body = {}) =>
    (await nats.request(`$JS.API.STREAM.${verb}.ACCESS`, JSON.stringify(body))).json<unknown>();
  const { state } = Info.parse(await api('INFO'));
  const events: StoredEvent[] = [];
  for (let seq = state.first_seq; seq <= state.last_seq; seq += 1) {
    const got = await api('MSG.GET', { seq });
    // What was purged is no more.
    if (Missing.safeParse(got).success) continue;
    const { message } = Stored.parse(got);
    const text = Buffer.from(message.data, 'base64').toString();
    events.push({ subject: message.subject, text, event: AccessEventEnvelope.parse(JSON.parse(text)) });
  }
  return events;
}
