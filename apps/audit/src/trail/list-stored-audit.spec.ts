import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Failure, listStoredAudit, loginTokenUpdated, StoredAuditEntry } from '@valetkey/contracts';
import { anyCaller } from '@valetkey/testing';
import canonicalize from 'canonicalize';
import { v7 as uuidv7 } from 'uuid';
import { AuditService } from '../../test/audit-service.ts';
import { makeEvent } from '../../test/make-event.ts';

let audit: AuditService;
let accountId: string;
/** As a client reads them from lines of JSON, the first of the chain first. */
let chain: StoredAuditEntry[];

beforeAll(async () => {
  audit = await AuditService.start();
  accountId = uuidv7();
  const changes = [{ field: 'maxSessions', from: null, to: 2 }];
  const made = ['Häfen', 'b', 'c'].map((name) => makeEvent(loginTokenUpdated, { accountId, data: { name, changes } }));
  // An event may have members that this version does not know. They are hashed with the rest.
  await audit.keep(...made.map((one, place) => ({ ...one, event: { ...one.event, partitionkey: `p${place}` } })));
  const lines = (await audit.exported(accountId)).map((entry) => JSON.stringify(entry));
  chain = lines.map((line) => StoredAuditEntry.parse(JSON.parse(line))).reverse();
});

afterAll(() => audit.stop());

/** The formula as it is documented, and nothing else of ours. */
function hashOf({ previousHash, position, event }: StoredAuditEntry): string {
  const entry = canonicalize({ accountId: event.accountid, event, position });
  return createHash('sha256')
    .update(`${previousHash ?? ''}${entry}`)
    .digest('hex');
}

/** The position of the first entry that is not what was hashed or does not follow the one before. */
function firstBreak(entries: readonly StoredAuditEntry[]): number | undefined {
  const place = entries.findIndex((entry, index) => {
    const follows = entry.position === index + 1 && entry.previousHash === (entries[index - 1]?.hash ?? null);
    return !follows || entry.hash !== hashOf(entry);
  });
  return place < 0 ? undefined : place + 1;
}

describe('A chain that is computed anew from its export alone', () => {
  it('is whole', () => {
    expect(chain.map(({ position }) => position)).toEqual([1, 2, 3]);
    expect(firstBreak(chain)).toBeUndefined();
  });

  it.each<[string, (entry: StoredAuditEntry) => StoredAuditEntry]>([
    ['actor', (entry) => ({ ...entry, event: { ...entry.event, actor: 'user:somebody-else' } })],
    ['data', (entry) => ({ ...entry, event: { ...entry.event, data: { name: 'b', changes: [] } } })],
    ['unknown member', (entry) => ({ ...entry, event: { ...entry.event, partitionkey: 'q' } })],
    ['position', (entry) => ({ ...entry, position: 3 })],
    ['link', (entry) => ({ ...entry, previousHash: null })],
  ])('breaks where an entry has another %s', (_what, change) => {
    expect(firstBreak(chain.map((entry, place) => (place === 1 ? change(entry) : entry)))).toBe(2);
  });

  it('breaks where an entry is left out', () => {
    expect(firstBreak(chain.toSpliced(1, 1))).toBe(2);
  });
});

it('An exported entry shows what the list shows, and what it was computed from', async () => {
  const listed = await audit.trail(accountId);
  expect(chain.toReversed()).toEqual(
    listed.map((entry) => ({ ...entry, position: expect.any(Number), event: expect.any(Object) })),
  );
  expect(listed[0]).not.toHaveProperty('event');
});

it('An export is for those who may read the list', async () => {
  const ask = (change: object) =>
    audit.test.gateway.ask(listStoredAudit, { accountId }, audit.test.context(anyCaller({ accountId, ...change })));
  const grants = [{ scope: { type: 'account' as const, id: accountId }, role: 'viewer' as const }];
  expect(await ask({ grants })).toEqual(new Failure('forbidden'));
  expect(await ask({ accountId: uuidv7() })).toEqual(new Failure('not_found'));
});
