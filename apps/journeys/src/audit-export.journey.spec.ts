import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditEntry, pageOf, StoredAuditEntry } from '@valetkey/contracts';
import canonicalize from 'canonicalize';
import { type Owner, ownerOf, person } from './client.ts';
import { eventually } from './eventually.ts';
import { lend } from './lending.ts';
import { type Platform, startPlatform } from './start-platform.ts';

const TOKENS = 60;

let platform: Platform;
let owner: Owner;

beforeAll(async () => {
  platform = await startPlatform();
  owner = await ownerOf(platform, 'Harbour Cranes', person('ada@harbour.example'));
  for (let made = 0; made < TOKENS; made += 1) await lend(owner, { name: `Número ${made}` });
});
afterAll(async () => {
  await platform.stop();
});

const audit = async (filter: string) => {
  const { status, body } = await owner.call('GET', `${owner.path}/audit?limit=100&${filter}`);
  expect(status).toBe(200);
  return pageOf(AuditEntry).parse(body).items;
};

/** The lines of an export, the first of the chain first. */
async function exported(): Promise<StoredAuditEntry[]> {
  const { body } = await owner.call('GET', `${owner.path}/audit/export`);
  const lines = String(body).trimEnd().split('\n').toReversed();
  return lines.map((line) => StoredAuditEntry.parse(JSON.parse(line)));
}

/** The hash that an export's reader computes for an entry that is to follow another. */
function hashAfter(previousHash: string, { event, position }: StoredAuditEntry): string {
  const entry = canonicalize({ accountId: event.accountid, event, position });
  return createHash('sha256').update(`${previousHash}${entry}`).digest('hex');
}

const recomputed = (chain: readonly StoredAuditEntry[]) =>
  chain.reduce<string[]>((hashes, entry) => [...hashes, hashAfter(hashes.at(-1) ?? '', entry)], []);

describe('the export of the audit trail', () => {
  it('is all that it takes to compute the whole chain anew, over several pages, and to notice a change', async () => {
    await eventually('the trail', async () => (await audit('entity=login-token')).length === TOKENS || undefined);
    const chain = await exported();
    expect(chain.length).toBeGreaterThan(TOKENS);
    expect(chain.map(({ position }) => position)).toEqual(chain.map((_entry, place) => place + 1));
    const hashes = chain.map(({ hash }) => hash);
    expect(recomputed(chain)).toEqual(hashes);

    const forged = chain.map((entry) =>
      entry.position === 9 ? { ...entry, event: { ...entry.event, actor: 'user:nobody' } } : entry,
    );
    const differs = recomputed(forged).findIndex((hash, place) => hash !== hashes[place]);
    expect(differs).toBe(9 - 1);
  });

  it('has in each line what the list has, and more', async () => {
    const [listed] = await audit('action=login-token.created');
    const line = (await exported()).find(({ id }) => id === listed?.id);
    expect(line).toMatchObject(listed ?? {});
    expect(Object.keys(line ?? {}).filter((key) => !(key in (listed ?? {})))).toEqual(['position', 'event']);
  });
});

describe.each(['limit=2', 'cursor=AAAAAAAAAAAAAAAAAAAAAA', 'unheardOf=1'])('an export asked for with ?%s', (query) => {
  it('is refused, for it is all there is', async () => {
    const answer = await owner.call('GET', `${owner.path}/audit/export?${query}`);
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: `/${query.split('=')[0]}` }] } });
  });
});

describe('the filters of the audit trail', () => {
  it('take the type of an entity or of an actor alone', async () => {
    const types = async (filter: string) =>
      new Set((await audit(filter)).map(({ entity, actor }) => `${actor.type} ${entity.type}`));
    expect(await types('entity=login-token&actor=user')).toEqual(new Set(['user login-token']));
    expect(await types('entity=login-token&actor=login-token')).toEqual(new Set());
    expect(await types('entity=session')).toEqual(new Set(['user session']));
  });
});
