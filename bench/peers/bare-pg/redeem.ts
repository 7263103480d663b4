import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { PoolClient, QueryResult } from 'pg';
import * as statements from './redemption.statements.ts';

const ADDRESS = '127.0.0.1';
const LIFETIME_MS = 12 * 60 * 60 * 1000;

/** About as long as the events that a redemption tells. */
const EVENT = JSON.stringify({ specversion: '1.0', data: 'x'.repeat(750) });

/** One redemption, every statement prepared once per connection. */
export async function redeem(client: PoolClient, token: string): Promise<void> {
  const run = (name: keyof typeof statements, values: unknown[]): Promise<QueryResult<Record<string, string>>> =>
    client.query({ name, text: statements[name], values });

  const now = new Date();
  const ends = new Date(now.getTime() + LIFETIME_MS);
  await client.query('BEGIN');
  const { id, name, account_id: accountId } = only(await run('CLAIM_LOGIN_TOKEN', [sha256(token), now, ADDRESS]));
  only(await run('SHARE_ACCOUNT', [accountId]));
  await run('INSERT_SESSION', [sha256(randomBytes(32)), accountId, id, name, now, ends, ADDRESS, 'bench']);
  const events = [...event(accountId, 'session', 'opened'), ...event(accountId, 'login-token', 'redeemed')];
  await run('INSERT_EVENTS', [...events, now]);
  await client.query('COMMIT');
}

const sha256 = (secret: string | Buffer): string => createHash('sha256').update(secret).digest('base64url');

function event(accountId = '', entity: string, action: string): string[] {
  return [randomUUID(), `${entity}:${randomUUID()}`, `access.v1.${accountId}.${entity}.${action}`, EVENT];
}

function only({ rows: [row] }: QueryResult<Record<string, string>>): Record<string, string> {
  if (!row) throw new Error('A row of the benchmark is missing');
  return row;
}
