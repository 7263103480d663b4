import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig } from '@valetkey/config';
import { loginTokenDeleted, loginTokenRedeemed, userRegistered } from '@valetkey/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import { Test } from '@nestjs/testing';
import { v7 as uuidv7 } from 'uuid';
import { AuditService } from '../../test/audit-service.ts';
import { makeEvent } from '../../test/make-event.ts';
import { auditConfig } from '../audit.config.ts';
import { AuditModule } from '../audit.module.ts';
import { verifyChain } from '../verification/verify-chain.ts';
import { PLATFORM_TRAIL } from './trails-of.ts';

let audit: AuditService;

beforeAll(async () => {
  audit = await AuditService.start();
});

afterAll(() => audit.stop());

const redeemed = (accountId: string) =>
  makeEvent(loginTokenRedeemed, { accountId, data: { name: 'Visit', sessionId: uuidv7(), address: '203.0.113.7' } });
const verify = (accountId: string) => verifyChain(audit.test.app.get(EntityManager).fork(), accountId);

describe('the audit trail', () => {
  it('keeps every event, each chained to the one before', async () => {
    const accountId = uuidv7();
    await audit.keep(redeemed(accountId), redeemed(accountId), redeemed(accountId));
    const [third, second, first] = await audit.trail(accountId);
    expect(first?.previousHash).toBeNull();
    expect(second?.previousHash).toBe(first?.hash);
    expect(third?.previousHash).toBe(second?.hash);
    expect(await verify(accountId)).toEqual({ accountId, entries: 3 });
  });

  it('keeps what concerns no account in a chain of the platform', async () => {
    const before = await verify(PLATFORM_TRAIL);
    await audit.keep(makeEvent(userRegistered, { data: { name: 'Ada' } }));
    expect(await verify(PLATFORM_TRAIL)).toEqual({ accountId: PLATFORM_TRAIL, entries: before.entries + 1 });
  });

  it('keeps an event once that comes again', async () => {
    const accountId = uuidv7();
    const [event, last] = [redeemed(accountId), redeemed(accountId)];
    await audit.publish(event);
    await audit.publish(event, uuidv7());
    await audit.keep(last);
    await audit.publish(event, uuidv7());
    const afterwards = redeemed(accountId);
    await audit.keep(afterwards);
    const kept = await audit.trail(accountId);
    expect(kept.map(({ id }) => id)).toEqual([afterwards.event.id, last.event.id, event.event.id]);
  });

  it('keeps an event once that comes again after the inbox has forgotten it', async () => {
    const accountId = uuidv7();
    const [event, last] = [redeemed(accountId), redeemed(accountId)];
    await audit.keep(event);
    await audit.database.query('DELETE FROM inbox');
    await audit.publish(event, uuidv7());
    await audit.keep(last);
    expect(await verify(accountId)).toEqual({ accountId, entries: 2 });
  });

  it.each(['UPDATE entries SET hash = hash', 'DELETE FROM entries', 'TRUNCATE entries'])(
    'refuses %s',
    async (statement) => {
      await audit.keep(redeemed(uuidv7()));
      await expect(audit.database.query(statement)).rejects.toThrow('the audit trail is append-only');
    },
  );

  it('lets the purge of an account delete that account’s entries and no others', async () => {
    const [purged, other] = [uuidv7(), uuidv7()];
    await audit.keep(redeemed(purged), redeemed(other));
    const { database } = audit;
    await database.query('BEGIN');
    await database.query("SELECT set_config('audit.purged_account', $1, true)", [purged]);
    await database.query('DELETE FROM entries WHERE account_id = $1', [purged]);
    await expect(database.query('DELETE FROM entries WHERE account_id = $1', [other])).rejects.toThrow('append-only');
    await database.query('ROLLBACK');
  });
});

describe('two replicas', () => {
  it('append each event once, in valid chains, also when one of them stops midway', async () => {
    const replica = await startReplica();
    const accountIds = Array.from({ length: 5 }, () => uuidv7());
    const events = Array.from({ length: 2_000 }, (_, index) =>
      makeEvent(loginTokenDeleted, { accountId: accountIds[index % 5], data: { name: `Visit ${index}` } }),
    );
    const published = Promise.all(events.map((event) => audit.publish(event)));
    await audit.untilKept(events.slice(0, 100).map(({ event }) => event));
    await replica.close();
    await published;
    await audit.untilKept(events.map(({ event }) => event));
    for (const accountId of accountIds) expect(await verify(accountId)).toEqual({ accountId, entries: 400 });
  });
});

async function startReplica() {
  const { bus, databaseUrl } = audit.test;
  const environment = { ...bus.environmentOf('audit'), DATABASE_URL: databaseUrl, LOG_LEVEL: 'fatal' };
  const module = AuditModule.forRoot(readConfig(auditConfig, environment));
  const testing = await Test.createTestingModule({ imports: [module] }).compile();
  return testing.init();
}
