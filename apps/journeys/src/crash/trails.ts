import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { AccessEventEnvelope } from '@valetkey/contracts';
import { BusConnection } from '@valetkey/messaging';
import { testPassword } from '@valetkey/testing';
import { Client as Postgres } from 'pg';
import { NIL } from 'uuid';
import { z } from 'zod';
import type { Processes } from './start-processes.ts';

const Info = z.object({ state: z.object({ first_seq: z.number(), last_seq: z.number() }) });
const Stored = z.object({ message: z.object({ data: z.base64() }) });

/** Runs SQL in a service's database. */
export async function query<Row extends z.ZodType>(url: string, row: Row, sql: string): Promise<z.output<Row>[]> {
  const client = new Postgres({ connectionString: url });
  await client.connect();
  try {
    return z.array(row).parse((await client.query(sql)).rows);
  } finally {
    await client.end();
  }
}

const OutboxRow = z.object({ message_id: z.string(), sent: z.boolean() });

/** The events of every outbox: all ids, and how many are not sent yet. */
export async function toldEvents({ databases }: Processes): Promise<{ ids: string[]; unsent: number }> {
  const sql = `SELECT message_id, sent_at IS NOT NULL AS sent FROM outbox WHERE kind = 'event'`;
  const rows = (await Promise.all(Object.values(databases).map((url) => query(url, OutboxRow, sql)))).flat();
  return { ids: rows.map((row) => row.message_id), unsent: rows.filter(({ sent }) => !sent).length };
}

/** Orders of one service to another that are not delivered yet. */
export async function undeliveredOrders({ databases }: Processes): Promise<number> {
  const sql = `SELECT message_id, false AS sent FROM outbox WHERE kind = 'command' AND sent_at IS NULL`;
  return (await Promise.all(Object.values(databases).map((url) => query(url, OutboxRow, sql)))).flat().length;
}

/** Every event of the stream, in its order. */
export async function streamedEvents({ servers }: Processes): Promise<AccessEventEnvelope[]> {
  const options = { servers: [servers.bus.nats.url], user: 'setup', password: testPassword('setup'), name: 'test' };
  const connection = await BusConnection.open(options);
  const ask = async (verb: string, body = {}) =>
    (await connection.nats.request(`$JS.API.STREAM.${verb}.ACCESS`, JSON.stringify(body))).json<unknown>();
  try {
    const { first_seq: first, last_seq: last } = Info.parse(await ask('INFO')).state;
    const events: AccessEventEnvelope[] = [];
    for (let seq = first; seq <= last; seq += 1) {
      const { message } = Stored.parse(await ask('MSG.GET', { seq }));
      events.push(AccessEventEnvelope.parse(JSON.parse(Buffer.from(message.data, 'base64').toString())));
    }
    return events;
  } finally {
    await connection.close();
  }
}

/**
 * The events in the audit trail, each as often as it stands there, but for the copies of what befell a user in the trails of
 * the user's accounts.
 */
export async function auditedEvents({ databases }: Processes): Promise<string[]> {
  const sql = `SELECT id FROM entries WHERE event->>'type' NOT LIKE 'dev.valetkey.user.%' OR account_id = '${NIL}'`;
  return (await query(databases['audit'] ?? '', z.object({ id: z.string() }), sql)).map(({ id }) => id);
}

const VERIFY_CHAINS = new URL('../../../audit/dist/verify-chains.main.js', import.meta.url).pathname;

/** What the operator's own tool finds wrong with the chains: a line each. */
export async function brokenChains({ databases }: Processes): Promise<string[]> {
  const child = spawn(process.execPath, [VERIFY_CHAINS], {
    env: { DATABASE_URL: databases['audit'] },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  const lines = said.trim().split('\n');
  if (!lines.every((line) => line.endsWith('verified'))) throw new Error(`The chains were not verified: ${said}`);
  return lines.filter((line) => !line.includes(': intact'));
}
