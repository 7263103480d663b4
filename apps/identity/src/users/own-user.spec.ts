import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Failure, getOwnUser, updateOwnUser } from '@valetkey/contracts';
import { anyCaller } from '@valetkey/testing';
import { granted, signedIn } from '../../test/signed-in.ts';
import { startIdentity, type TestIdentity } from '../../test/start-identity.ts';

let identity: TestIdentity;

beforeAll(async () => {
  identity = await startIdentity();
});
afterAll(async () => identity.stop());

const ifMatch = (revision: number) => ({ ifMatch: `"${revision}"` });

describe('oneself', () => {
  it('is who signed up', async () => {
    const ada = await signedIn(identity);
    expect(await ada.ask(getOwnUser, {})).toEqual({
      id: ada.id,
      name: 'Ada Lovelace',
      locale: 'en',
      twoFactor: false,
      createdAt: '2026-03-01T12:00:00.000Z',
      revision: 2,
    });
  });

  it.each([
    ['login_token', 'portal_only'],
    ['access_key', 'key_not_allowed'],
  ] as const)('is nothing for a %s', async (kind, code) => {
    const context = identity.context(anyCaller({ kind }));
    expect(await identity.gateway.ask(getOwnUser, {}, context)).toEqual(new Failure(code));
    expect(await identity.gateway.ask(updateOwnUser, { name: 'X' }, context)).toEqual(new Failure(code));
  });
});

describe('a change of oneself', () => {
  it('is of the name, of which tenancy is told before the answer, or of the language, in the nearest that we write', async () => {
    const ada = await signedIn(identity);
    expect(await ada.ask(updateOwnUser, { name: 'Ada King' })).toMatchObject({ name: 'Ada King', locale: 'en' });
    const changed = granted(await ada.ask(updateOwnUser, { locale: 'pt-BR' }));
    expect(changed).toMatchObject({ name: 'Ada King', locale: 'pt' });
    expect(await ada.ask(getOwnUser, {})).toEqual(changed);
    const profile = { userId: ada.id, version: 3, name: 'Ada King', primaryEmail: ada.email };
    expect(identity.neighbours.profiles).toContainEqual(profile);
  });

  it('that changes nothing leaves the revision', async () => {
    const ada = await signedIn(identity);
    const before = await ada.ask(getOwnUser, {});
    expect(await ada.ask(updateOwnUser, {})).toEqual(before);
    expect(await ada.ask(updateOwnUser, { name: ada.name })).toEqual(before);
  });

  it('is refused when what was read has changed meanwhile', async () => {
    const ada = await signedIn(identity);
    const { revision } = granted(await ada.ask(getOwnUser, {}));
    expect(await ada.ask(updateOwnUser, { name: 'First' }, ifMatch(revision))).toMatchObject({ name: 'First' });
    const late = await ada.ask(updateOwnUser, { name: 'Second' }, ifMatch(revision));
    expect(late).toEqual(new Failure('precondition_failed'));
  });

  it('is one at a time: of many with the same revision one is done', async () => {
    const ada = await signedIn(identity);
    const { revision } = granted(await ada.ask(getOwnUser, {}));
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => ada.ask(updateOwnUser, { name: `Ada ${n}` }, ifMatch(revision))),
    );
    expect(answers.filter((answer) => !(answer instanceof Failure))).toHaveLength(1);
  });
});
