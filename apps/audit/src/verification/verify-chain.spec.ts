import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loginTokenUsed } from '@valetkey/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuidv7 } from 'uuid';
import { AuditService } from '../../test/audit-service.ts';
import { makeEvent } from '../../test/make-event.ts';
import { type Verdict, verifyChain } from './verify-chain.ts';
import { verifyChains } from './verify-chains.job.ts';

let audit: AuditService;
let em: EntityManager;

beforeAll(async () => {
  audit = await AuditService.start();
  em = audit.test.app.get(EntityManager).fork();
  // One who owns the database can turn the triggers off. That is whom the chain is for.
  await audit.database.query('ALTER TABLE entries DISABLE TRIGGER USER');
});

afterAll(() => audit.stop());

/** A trail of five entries. */
async function makeTrail(): Promise<string> {
  const accountId = uuidv7();
  const events = ['one', 'two', 'three', 'four', 'five'].map((name) =>
    makeEvent(loginTokenUsed, { accountId, data: { name } }),
  );
  await audit.keep(...events);
  return accountId;
}

describe('the verification of a chain', () => {
  it('finds an untouched one intact', async () => {
    const accountId = await makeTrail();
    expect(await verifyChain(em, accountId)).toEqual({ accountId, entries: 5 });
  });

  it('finds nothing wrong with a trail without entries', async () => {
    const accountId = uuidv7();
    expect(await verifyChain(em, accountId)).toEqual({ accountId, entries: 0 });
  });

  it.each([
    [
      'an event was changed',
      `UPDATE entries SET event = jsonb_set(event, '{data,name}', '"2"') WHERE position = 2`,
      2,
      'altered',
    ],
    ['a member was added', `UPDATE entries SET event = event || '{"extra": true}' WHERE position = 3`, 3, 'altered'],
    [
      'an actor was changed',
      `UPDATE entries SET event = event || '{"actor": "user:x"}' WHERE position = 1`,
      1,
      'altered',
    ],
    ['a hash was changed', `UPDATE entries SET hash = repeat('0', 64) WHERE position = 4`, 4, 'altered'],
    ['a link was changed', `UPDATE entries SET previous_hash = repeat('0', 64) WHERE position = 4`, 4, 'unlinked'],
    ['the first was deleted', `DELETE FROM entries WHERE position = 1`, 1, 'missing'],
    ['one between was deleted', `DELETE FROM entries WHERE position = 3`, 3, 'missing'],
    ['the last was deleted', `DELETE FROM entries WHERE position = 5`, 5, 'head'],
    ['all were deleted', `DELETE FROM entries WHERE position > 0`, 5, 'head'],
  ])('finds where %s', async (_what, tampering, position, reason) => {
    const accountId = await makeTrail();
    await audit.database.query(`${tampering} AND account_id = '${accountId}'`);
    expect(await verifyChain(em, accountId)).toMatchObject({ broken: { position, reason } });
  });

  it('finds an entry that was taken out and the rest renumbered', async () => {
    const accountId = await makeTrail();
    await audit.database.query(`DELETE FROM entries WHERE position = 3 AND account_id = $1`, [accountId]);
    await audit.database.query(`UPDATE entries SET position = 3 WHERE position = 4 AND account_id = $1`, [accountId]);
    expect(await verifyChain(em, accountId)).toMatchObject({ broken: { position: 3, reason: 'unlinked' } });
  });

  it('finds a head that was set back', async () => {
    const accountId = await makeTrail();
    await audit.database.query('UPDATE chains SET position = 4 WHERE account_id = $1', [accountId]);
    expect(await verifyChain(em, accountId)).toMatchObject({ broken: { position: 4, reason: 'head' } });
  });
});

describe('the verification of all chains', () => {
  it('names each with what it found, those without a head too', async () => {
    const [intact, headless] = [await makeTrail(), await makeTrail()];
    await audit.database.query('DELETE FROM chains WHERE account_id = $1', [headless]);
    const verdicts: Verdict[] = [];
    for await (const verdict of verifyChains(em, [])) verdicts.push(verdict);
    expect(verdicts).toContainEqual({ accountId: intact, entries: 5 });
    expect(verdicts).toContainEqual({ accountId: headless, entries: 5, broken: { position: 0, reason: 'head' } });
  });
});
