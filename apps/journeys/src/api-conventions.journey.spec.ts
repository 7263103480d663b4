import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contracts, LoginToken, pageOf } from '@valetkey/contracts';
import { type Owner, ownerOf, person } from './client.ts';
import { lend } from './lending.ts';
import { type NamedIds, oneOfEach, urlWith } from './named-ids.ts';
import { operatorOf } from './operator.ts';
import { type Platform, startPlatform } from './start-platform.ts';
import { wellFormedBodies } from './well-formed-bodies.ts';

let platform: Platform;
let owner: Owner;
let operator: Owner;
let ids: NamedIds;

beforeAll(async () => {
  platform = await startPlatform();
  owner = await ownerOf(platform, 'Harbour Cranes', person('ada@harbour.example'));
  operator = await operatorOf(platform);
  ids = await oneOfEach(platform, owner, operator);
});
afterAll(async () => {
  await platform.stop();
});

async function list(query: string) {
  const answer = await owner.call('GET', `${owner.path}/login-tokens?${query}`);
  return pageOf(LoginToken).parse(answer.body);
}

describe('a client repeats a request because the answer was lost', () => {
  const body = { name: 'Once only', type: 'permanent' };

  it('finds what the first one made, without its secret', async () => {
    const headers = { 'idempotency-key': randomBytes(16).toString('base64url') };
    const first = await owner.call('POST', `${owner.path}/login-tokens`, { body, headers });
    expect(first.status).toBe(201);
    const made = LoginToken.parse(Reflect.get(Object(first.body), 'loginToken'));
    expect(first.headers.get('location')).toBe(`${owner.path}/login-tokens/${made.id}`);

    const again = await owner.call('POST', `${owner.path}/login-tokens`, { body, headers });
    expect(again).toMatchObject({ status: 200, body: { loginToken: { id: made.id } } });
    expect(JSON.stringify(again.body)).not.toContain(
      'vkl_'.concat(String(Reflect.get(Object(first.body), 'secret')).slice(4)),
    );
    expect(again.body).not.toHaveProperty('secret');

    const other = await owner.call('POST', `${owner.path}/login-tokens`, { body: { ...body, name: 'Other' }, headers });
    expect(other).toMatchObject({ status: 422, code: 'idempotency_mismatch' });
    expect((await list('query=Once only')).items).toHaveLength(1);
    expect((await list('query=Other')).items).toHaveLength(0);
  });

  it('makes one token of any number of requests at the same time', async () => {
    const headers = { 'idempotency-key': randomBytes(16).toString('base64url') };
    const request = () =>
      owner.call('POST', `${owner.path}/login-tokens`, { body: { ...body, name: 'Burst' }, headers });
    const answers = await Promise.all(Array.from({ length: 8 }, request));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const { status, code } of answers)
      expect([201, 200, 409]).toContain(code === 'idempotency_in_flight' ? 409 : status);
    expect((await list('query=Burst')).items).toHaveLength(1);
  });

  it('is told of a key too short to be unique', async () => {
    const headers = { 'idempotency-key': 'short' };
    const answer = await owner.call('POST', `${owner.path}/login-tokens`, {
      body: { ...body, name: 'Short' },
      headers,
    });
    expect(answer).toMatchObject({
      status: 400,
      code: 'malformed',
      body: { errors: [{ detail: expect.any(String) }] },
    });
  });
});

describe('somebody registers a resource server', () => {
  it('is told of no place where it could be read, and finds it by part of its name', async () => {
    const path = '/v1/operator/resource-servers';
    const made = await operator.call('POST', path, { body: { name: 'Crane telemetry' } });
    expect(made.status).toBe(201);
    expect(made.headers.has('location')).toBe(false);
    const found = await operator.call('GET', `${path}?query=CRANE`);
    expect(found).toMatchObject({ status: 200, body: { items: [{ name: 'Crane telemetry' }] } });
  });
});

describe('two people edit one token', () => {
  it('refuses the one who saw it before its secret was rotated', async () => {
    const { path } = await lend(owner, { name: 'Rotated', allowedCidrs: null });
    const headers = { 'if-match': (await owner.call('GET', path)).headers.get('etag') ?? '' };
    expect((await owner.call('POST', `${path}/rotate`, { body: {} })).status).toBe(200);
    const late = await owner.call('PATCH', path, { body: { allowedCidrs: null }, headers });
    expect(late).toMatchObject({ status: 412, code: 'precondition_failed' });
  });

  it('refuses the one who saw an older state, and lets the last write win where nobody asks', async () => {
    const { path } = await lend(owner, { name: 'Shared' });
    const seen = (await owner.call('GET', path)).headers.get('etag') ?? '';
    expect(seen).toMatch(/^"\d+"$/);
    const first = await owner.call('PATCH', path, { body: { name: 'Renamed' }, headers: { 'if-match': seen } });
    expect(first).toMatchObject({ status: 200, body: { name: 'Renamed' } });
    expect(first.headers.get('etag')).not.toBe(seen);

    const late = await owner.call('PATCH', path, { body: { name: 'Too late' }, headers: { 'if-match': seen } });
    expect(late).toMatchObject({ status: 412, code: 'precondition_failed' });
    expect(await owner.call('GET', path)).toMatchObject({ body: { name: 'Renamed' } });
    expect(await owner.call('PATCH', path, { body: { name: 'Last' } })).toMatchObject({
      status: 200,
      body: { name: 'Last' },
    });
  });
});

describe('whatever can be changed', () => {
  const changes = contracts.flatMap(({ subject, http, errors }) =>
    http && errors.includes('precondition_failed') ? [{ subject, ...http }] : [],
  );

  it('is everything that a PATCH changes, but for the session, and what else has an ETag', () => {
    const patched = contracts.flatMap(({ subject, http }) => (http?.method === 'PATCH' ? [subject] : []));
    const known = [...changes.map(({ subject }) => subject), 'tokens.v1.session.switch'];
    expect([...patched, 'tenancy.v1.account.put-billing'].sort()).toEqual(known.sort());
  });

  it.each(changes)('shows an ETag, and refuses who saw an older state ($method $path)', async (change) => {
    const { subject, method, path } = change;
    const client = path.startsWith('/v1/operator') ? operator : owner;
    const url = urlWith(ids, path);
    const body = wellFormedBodies(ids)[subject];
    const write = (match?: string) =>
      client.call(method, url, { body, headers: match === undefined ? {} : { 'if-match': match } });
    const seen = (await write()).headers.get('etag') ?? '';
    expect(seen).toMatch(/^"\d+"$/);
    const isRead = contracts.some(({ http }) => http?.method === 'GET' && http.path === path);
    if (isRead) expect((await client.call('GET', url)).headers.get('etag')).toBe(seen);
    expect(await write('"0"')).toMatchObject({ status: 412, code: 'precondition_failed' });
    expect((await write(`"0", ${seen}`)).status).toBe(200);
  });
});

describe('an owner with many tokens', () => {
  it('reads them page by page, each once, the newest first', async () => {
    const made: string[] = [];
    for (let number = 1; number <= 5; number += 1) {
      platform.clock.advance(1);
      made.unshift((await lend(owner, { name: `Page ${number}` })).id);
    }
    const read: string[] = [];
    for (let cursor = ''; ;) {
      const { items, nextCursor } = await list(`query=page&limit=2${cursor}`);
      read.push(...items.map(({ id }) => id));
      if (nextCursor === null) break;
      expect(items).toHaveLength(2);
      cursor = `&cursor=${nextCursor}`;
    }
    expect(read).toEqual(made);
  });

  it('finds them by status and by part of their name', async () => {
    await lend(owner, { name: 'Visit of the inspector', type: 'one_time' });
    expect((await list('status=ready')).items.map(({ name }) => name)).toEqual(['Visit of the inspector']);
    expect((await list('status=ready&query=INSPECT')).items).toHaveLength(1);
    expect((await list('status=active&query=inspect')).items).toEqual([]);
    expect((await list('status=used')).items).toEqual([]);
  });

  it.each(['limit=0', 'limit=101', 'limit=many', 'cursor=nonsense', 'status=lost', 'unknown=1'])(
    'is told that ?%s is malformed',
    async (query) => {
      const answer = await owner.call('GET', `${owner.path}/login-tokens?${query}`);
      const pointer = `/${query.split('=')[0] ?? ''}`;
      expect(answer).toMatchObject({ status: 400, code: 'malformed', body: { errors: [{ pointer }] } });
    },
  );
});
