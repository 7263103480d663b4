import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AskOf, deleteAccessKey, getAccessKey, updateAccessKey } from '@valetkey/contracts';
import { v7 as uuidv7 } from 'uuid';
import { HOUR, type Owner, SECOND, Tokens } from '../../test/tokens.ts';

let tokens: Tokens;
let owner: Owner;

beforeAll(async () => {
  tokens = await Tokens.start();
  owner = tokens.owner();
});
afterAll(() => tokens.stop());

type Fields = Partial<AskOf<typeof updateAccessKey>>;

const about = ({ id }: { id: string }) => ({ accountId: owner.accountId, accessKeyId: id });
const update = (key: { id: string }, fields: Fields, ifMatch?: string) =>
  tokens.ask(updateAccessKey, { ...about(key), ...fields }, owner, { ifMatch });
const refusalOf = (key: { id: string }, fields: object, ifMatch?: string) =>
  tokens.attempt(updateAccessKey, { ...about(key), ...fields }, owner, { ifMatch });

describe('An edit of an access key', () => {
  it('changes what is given, keeps what is absent, removes what is null', async () => {
    const expiresAt = tokens.later(HOUR).toISOString();
    const key = await tokens.createKey(owner, { expiresAt, allowedCidrs: ['203.0.113.0/24'] });
    const scope = { type: 'organization' as const, id: tokens.newScope() };

    const changed = await update(key, { role: 'manager', scope, allowedCidrs: null });

    expect(changed).toMatchObject({
      name: key.name,
      role: 'manager',
      scope,
      expiresAt,
      allowedCidrs: [],
      revision: 2,
    });
    expect(await tokens.ask(getAccessKey, about(key), owner)).toEqual(changed);
    expect(await update(key, { expiresAt: null })).not.toHaveProperty('expiresAt');
  });

  it('is told with what changed, and touches whatever is kept of the key', async () => {
    const key = await tokens.createKey(owner, { name: 'Old name' });
    const asked = { ...about(key), name: 'New name', role: 'viewer' as const };
    const { touched } = await tokens.service.gateway.request(updateAccessKey, asked, tokens.service.context(owner));
    expect(touched).toEqual([`access-key:${key.id}`]);
    expect((await tokens.eventsOf(`access-key:${key.id}`))[1]).toMatchObject({
      type: 'dev.valetkey.access-key.updated.v1',
      sequence: 2,
      data: { name: 'New name', changes: [{ field: 'name', from: 'Old name', to: 'New name' }] },
    });
  });

  it('that changes nothing is not told', async () => {
    const key = await tokens.createKey(owner);
    expect(await update(key, { name: key.name, expiresAt: null })).toMatchObject({ revision: 1 });
    expect(await tokens.told(`access-key:${key.id}`)).toEqual(['created']);
  });

  it('holds for the very next look at the key', async () => {
    const key = await tokens.createKey(owner);
    const expiresAt = tokens.later(HOUR).toISOString();
    await update(key, { role: 'manager', allowedCidrs: ['203.0.113.0/24'], expiresAt });
    expect(await tokens.verifyKey(key.secret)).toMatchObject({
      grant: { role: 'manager' },
      allowedCidrs: ['203.0.113.0/24'],
      expiresAt,
    });
  });

  it('goes to one of many who saw the same revision', async () => {
    const key = await tokens.createKey(owner);
    const edits = ['a', 'b', 'c', 'd'].map((name) => refusalOf(key, { name: name + uuidv7() }, '"1"'));
    const answers = await Promise.all(edits);
    expect(answers.filter((answer) => answer !== 'precondition_failed')).toHaveLength(1);
  });
});

describe('An edit is refused', () => {
  it('for a key that has expired: it never revives', async () => {
    const key = await tokens.createKey(owner, { expiresAt: tokens.later(SECOND).toISOString() });
    tokens.service.clock.advance(SECOND);
    expect(await refusalOf(key, { expiresAt: null })).toBe('token_ended');
    await tokens.sweep();
    expect(await refusalOf(key, { expiresAt: null })).toBe('token_ended');
  });

  it('for a name of another key, an expiry that is past, a scope that is not there', async () => {
    const [one, other] = [await tokens.createKey(owner), await tokens.createKey(owner)];
    expect(await refusalOf(one, { name: other.name })).toBe('name_taken');
    expect(await refusalOf(one, { expiresAt: tokens.later(0).toISOString() })).toBe('expiry_not_future');
    expect(await refusalOf(one, { scope: { type: 'group', id: uuidv7() } })).toBe('not_found');
  });

  it('for a key of another account and for one that never was, alike, whatever the body', async () => {
    const foreign = await tokens.createKey(tokens.owner());
    for (const key of [foreign, { id: uuidv7() }, { id: 'no-id' }]) {
      expect(await refusalOf(key, { role: 'viewer' })).toBe('not_found');
      expect(await refusalOf(key, { role: 'king' })).toBe('not_found');
    }
  });
});

describe('Deleting an access key', () => {
  it('ends it at once, and frees its name', async () => {
    const key = await tokens.createKey(owner, { name: 'Short-lived' });
    const asked = about(key);
    const { touched } = await tokens.service.gateway.request(deleteAccessKey, asked, tokens.service.context(owner));
    expect(touched).toEqual([`access-key:${key.id}`]);
    expect(await tokens.verifyKey(key.secret)).toBeNull();
    expect(await tokens.told(`access-key:${key.id}`)).toEqual(['created', 'deleted']);
    expect(await tokens.attempt(deleteAccessKey, asked, owner)).toBe('not_found');
    await tokens.createKey(owner, { name: 'Short-lived' });
  });

  it('of another account is no key at all', async () => {
    const foreign = await tokens.createKey(tokens.owner());
    expect(await tokens.attempt(deleteAccessKey, about(foreign), owner)).toBe('not_found');
    expect(await tokens.verifyKey(foreign.secret)).not.toBeNull();
  });
});
