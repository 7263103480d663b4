import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contracts } from '@valetkey/contracts';
import { type Answer, type Client, type Owner, ownerOf, person } from './client.ts';
import { operatorOf } from './operator.ts';
import { type Platform, startPlatform } from './start-platform.ts';

let platform: Platform;
let owner: Owner;
let operator: Client;

beforeAll(async () => {
  platform = await startPlatform();
  owner = await ownerOf(platform, 'Harbour Cranes', person('ada@harbour.example'));
  operator = await operatorOf(platform);
});
afterAll(async () => {
  await platform.stop();
});

/** What makes something, by its path, with a body of several members where it has them. */
const bodies: Readonly<Record<string, Record<string, unknown>>> = {
  '/v1/accounts/{accountId}/login-tokens': { name: 'Once', type: 'permanent', role: 'viewer', maxSessions: 2 },
  '/v1/accounts/{accountId}/organizations': { name: 'Quay' },
  '/v1/operator/resource-servers': { name: 'Devices' },
};
const made = Object.entries(bodies);

/** The same request, in a new order of its members each time. */
function poster(path: string, body: Record<string, unknown>): (reversed?: boolean) => Promise<Answer> {
  const caller = path.startsWith('/v1/operator') ? operator : owner;
  const headers = { 'idempotency-key': randomBytes(16).toString('base64url') };
  const url = path.replace('{accountId}', owner.accountId);
  return (reversed = false) => {
    const members = Object.entries(body);
    return caller.call('POST', url, { body: Object.fromEntries(reversed ? members.reverse() : members), headers });
  };
}

function withoutSecret(body: unknown): object {
  const { secret: _, ...rest } = Object.assign({ secret: undefined }, body);
  return rest;
}

describe('A request that is repeated because its answer was lost', () => {
  it('is known here for everything that can be made', () => {
    const paths = contracts.flatMap(({ http }) => (http?.creates ? [http.path] : []));
    expect(Object.keys(bodies).sort()).toEqual(paths.sort());
  });

  it.each(made)('is answered what the first one was, without its secret (%s)', async (path, body) => {
    const post = poster(path, { ...body, name: 'First' });
    const [first, again] = [await post(), await post()];
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body).toEqual(withoutSecret(first.body));
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'));
  });

  it.each(made)('is the same in whatever order its members come (%s)', async (path, body) => {
    const post = poster(path, { ...body, name: 'Again' });
    expect([(await post()).status, (await post(true)).status]).toEqual([201, 200]);
  });
});
