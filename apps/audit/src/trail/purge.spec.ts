import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  accountPurged,
  accountUpdated,
  loginTokenDeleted,
  loginTokenRedeemed,
  passwordChanged,
} from '@valetkey/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { AuditService } from '../../test/audit-service.ts';
import { makeEvent, type MadeEvent } from '../../test/make-event.ts';
import { type Verdict, verifyChain } from '../verification/verify-chain.ts';
import { verifyChains } from '../verification/verify-chains.job.ts';
import { dropEntries } from './drop-trail.ts';
import { PLATFORM_TRAIL } from './trails-of.ts';

let audit: AuditService;
let [acme, other] = ['', ''];

beforeAll(async () => {
  audit = await AuditService.start(undefined, () => ({ accounts: [{ id: acme, name: 'Acme' }] }));
});
beforeEach(() => {
  [acme, other] = [uuidv7(), uuidv7()];
});
afterAll(() => audit.stop());

const redeemed = (accountId: string) =>
  makeEvent(loginTokenRedeemed, { accountId, data: { name: 'Visit', sessionId: uuidv7(), address: '203.0.113.7' } });
const purged = (accountId = acme) => makeEvent(accountPurged, { accountId, id: accountId, data: { name: 'Acme' } });
const em = () => audit.test.app.get(EntityManager).fork();

/** Tells events and waits until they are handled: batches come one after another, and the last of these is in a later one. */
async function handled(...made: MadeEvent[]): Promise<void> {
  await audit.tell(...made);
  await audit.keep(redeemed(uuidv7()));
  await audit.keep(redeemed(uuidv7()));
}

/** How many rows of each table name the account, in whatever column. */
async function traces(accountId: string): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const table of ['entries', 'chains', 'names', 'inbox', 'outbox']) {
    const { rows } = await audit.database.query(`SELECT 1 FROM ${table} AS t WHERE t::text LIKE $1`, [
      `%${accountId}%`,
    ]);
    if (rows.length > 0) found[table] = rows.length;
  }
  return found;
}

const StreamInfo = z.object({ state: z.object({ subjects: z.record(z.string(), z.number()).optional() }) });

/** How many events of an account the stream has, by what they tell. */
async function streamed(accountId: string): Promise<Record<string, number>> {
  const { nats } = await audit.test.bus.connect('setup');
  const asked = JSON.stringify({ subjects_filter: `access.v1.${accountId}.>` });
  const { state } = StreamInfo.parse((await nats.request('$JS.API.STREAM.INFO.ACCESS', asked)).json());
  return Object.fromEntries(
    Object.entries(state.subjects ?? {}).map(([subject, count]) => [subject.split('.').slice(3).join('.'), count]),
  );
}

describe('When an account is gone for good', () => {
  it('its trail is, and nothing tells of it but a note of the platform without its name', async () => {
    const data = { name: 'Acme', changes: [], tokenSessionLimit: null };
    const renamed = makeEvent(accountUpdated, { accountId: acme, id: acme, data });
    const security = makeEvent(passwordChanged, { data: { by: 'user' } });
    await audit.keep(redeemed(acme), renamed, security, redeemed(other));
    const purge = purged();
    await handled(purge);

    expect(await traces(acme)).toEqual({ entries: 1 });
    const { rows } = await audit.database.query('SELECT account_id, event FROM entries WHERE id = $1', [
      purge.event.id,
    ]);
    expect(rows).toEqual([{ account_id: PLATFORM_TRAIL, event: { ...purge.event, accountid: undefined, data: {} } }]);
    expect(rows[0]).not.toHaveProperty('event.accountid');
    expect(await verifyChain(em(), PLATFORM_TRAIL)).not.toHaveProperty('broken');
    expect(await verifyChain(em(), other)).toEqual({ accountId: other, entries: 1 });
  });

  it('the stream has none of its events but that one, and all of everybody else’s', async () => {
    await audit.keep(redeemed(acme), redeemed(acme), redeemed(other));
    await handled(purged());
    expect(await streamed(acme)).toEqual({ 'account.purged': 1 });
    expect(await streamed(other)).toEqual({ 'login-token.redeemed': 1 });
  });

  it('what was told of it in the same breath goes with it', async () => {
    await handled(redeemed(acme), redeemed(acme), purged(), redeemed(acme));
    expect(await traces(acme)).toEqual({ entries: 1 });
  });

  it('what comes late begins no trail anew, be it its own or a user’s', async () => {
    await handled(redeemed(acme), purged());
    const late = makeEvent(loginTokenDeleted, { accountId: acme, data: { name: 'Visit' } });
    await handled(late, makeEvent(passwordChanged, { data: { by: 'user' } }));
    expect(await traces(acme)).toEqual({ entries: 1 });
  });

  it('its purge that comes again changes nothing, be it remembered or not', async () => {
    const purge = purged();
    await handled(redeemed(acme), purge);
    await audit.publish(purge, uuidv7());
    await handled();
    await audit.database.query('DELETE FROM inbox');
    await audit.publish(purge, uuidv7());
    await handled();
    expect(await traces(acme)).toEqual({ entries: 1 });
  });

  it('a purge that stopped midway is ended when its event comes again', async () => {
    const purge = purged();
    await audit.keep(redeemed(acme));
    await audit.database.query('INSERT INTO inbox (event_id, handled_at) VALUES ($1, $2)', [
      purge.event.id,
      audit.test.clock.now(),
    ]);
    await handled(purge);
    const { rows } = await audit.database.query('SELECT 1 FROM entries WHERE account_id = $1', [acme]);
    expect(rows).toEqual([]);
  });

  it('many entries are dropped, and no other account’s', async () => {
    const insert = `INSERT INTO entries (account_id, position, event, hash)
      SELECT $1, n, $2::jsonb || jsonb_build_object('id', gen_random_uuid()), 'h' FROM generate_series(1, 6000) AS n`;
    const { event } = redeemed(acme);
    for (const accountId of [acme, other]) await audit.database.query(insert, [accountId, JSON.stringify(event)]);
    await dropEntries(em(), acme);
    const { rows } = await audit.database.query(
      'SELECT account_id, count(*)::int AS left FROM entries WHERE account_id IN ($1, $2) GROUP BY 1',
      [acme, other],
    );
    expect(rows).toEqual([{ account_id: other, left: 6_000 }]);
  });

  it('the verification of all chains passes it over', async () => {
    await audit.keep(redeemed(acme));
    await handled(purged());
    const verdicts: Verdict[] = [];
    for await (const verdict of verifyChains(em(), [])) verdicts.push(verdict);
    expect(verdicts.map(({ accountId }) => accountId)).not.toContain(acme);
    expect(verdicts.map(({ accountId }) => accountId)).toContain(PLATFORM_TRAIL);
  });
});
