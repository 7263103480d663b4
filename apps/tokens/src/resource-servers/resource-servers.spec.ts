import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type Contract,
  deleteResourceServer,
  listResourceServers,
  registerResourceServer,
  rotateResourceServer,
  verifyResourceServer,
} from '@valetkey/contracts';
import { hashSecret } from '@valetkey/credentials';
import { v7 as uuidv7 } from 'uuid';
import { MILLISECOND, type Owner, Tokens } from '../../test/tokens.ts';

let tokens: Tokens;
let operator: Owner;

beforeAll(async () => {
  tokens = await Tokens.start();
  operator = tokens.owner({ operator: true });
});
afterAll(() => tokens.stop());

const register = async (name: string = uuidv7()) => {
  tokens.service.clock.advance(MILLISECOND);
  const { resourceServer, secret } = await tokens.ask(registerResourceServer, { name }, operator);
  return { ...resourceServer, secret };
};
const isValid = async ({ id }: { id: string }, secret: string) => {
  const { valid } = await tokens.ask(verifyResourceServer, { clientId: id, secretHash: hashSecret(secret) });
  return valid;
};

describe('A resource server', () => {
  it('is registered by an operator, and known by its id and secret', async () => {
    const [one, other] = [await register('Devices'), await register()];

    expect(one).toMatchObject({ name: 'Devices', secret: expect.stringMatching(/^vkx_/) });
    expect(await isValid(one, one.secret)).toBe(true);
    expect(await isValid(one, other.secret)).toBe(false);
    expect(await isValid({ id: uuidv7() }, one.secret)).toBe(false);
    expect(await tokens.told(`resource-server:${one.id}`)).toEqual(['registered']);
  });

  it('has a name of its own', async () => {
    await register('Only one');
    expect(await tokens.attempt(registerResourceServer, { name: 'Only one' }, operator)).toBe('name_taken');
  });

  it('when rotated has a new secret, and the old one ends at once', async () => {
    const server = await register();

    const { secret } = await tokens.ask(rotateResourceServer, { resourceServerId: server.id }, operator);

    expect([await isValid(server, server.secret), await isValid(server, secret)]).toEqual([false, true]);
    expect(await tokens.told(`resource-server:${server.id}`)).toEqual(['registered', 'rotated']);
  });

  it('when deleted is known no more', async () => {
    const server = await register();
    const about = { resourceServerId: server.id };

    await tokens.ask(deleteResourceServer, about, operator);

    expect(await isValid(server, server.secret)).toBe(false);
    expect(await tokens.attempt(deleteResourceServer, about, operator)).toBe('not_found');
    expect(await tokens.attempt(rotateResourceServer, about, operator)).toBe('not_found');
    expect(await tokens.told(`resource-server:${server.id}`)).toEqual(['registered', 'deleted']);
  });

  it.each([
    ['ALPHA', ['100%_Alpha-two', '100%_alpha-one']],
    ['_alpha-o', ['100%_alpha-one']],
    ['%alpha', []],
  ])('is found by part of its name, %j, in any case', async (query, names) => {
    for (const name of ['100%_alpha-one', '100%_Alpha-two']) {
      await tokens.attempt(registerResourceServer, { name }, operator);
      tokens.service.clock.advance(1); // ids are ordered by the millisecond
    }
    const { items } = await tokens.ask(listResourceServers, { query }, operator);
    expect(items.map(({ name }) => name)).toEqual(names);
  });

  it('is listed newest first, page by page, without its secret', async () => {
    const [older, newer] = [await register(), await register()];

    const first = await tokens.ask(listResourceServers, { limit: 1 }, operator);
    const second = await tokens.ask(listResourceServers, { limit: 1, cursor: first.nextCursor ?? '' }, operator);

    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual([newer.id, older.id]);
    expect(Object.keys(first.items[0] ?? {})).toEqual(['id', 'name', 'createdAt']);
  });
});

it.each<[string, Contract, object]>([
  ['registers', registerResourceServer, { name: 'Mine' }],
  ['lists', listResourceServers, {}],
  ['rotates', rotateResourceServer, { resourceServerId: uuidv7() }],
  ['deletes', deleteResourceServer, { resourceServerId: uuidv7() }],
])('Nobody but an operator %s', async (_what, contract, input) => {
  expect(await tokens.attempt(contract, input, tokens.owner())).toBe('forbidden');
  expect(await tokens.attempt(contract, input)).toBe('unauthenticated');
});
