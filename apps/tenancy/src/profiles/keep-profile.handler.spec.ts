import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { keepProfile, listMembers, resolveNames } from '@valetkey/contracts';
import type { Bus } from '@valetkey/messaging';
import { v7 as uuidv7 } from 'uuid';
import { Tenancy } from '../../test/tenancy.ts';

let tenancy: Tenancy;
let audit: Bus;

beforeAll(async () => {
  tenancy = await Tenancy.start();
  audit = await tenancy.service.as('audit');
});

afterAll(async () => {
  await tenancy.stop();
});

const keep = (userId: string, version: number, name: string) =>
  tenancy.identity.ask(
    keepProfile,
    { userId, version, name, primaryEmail: 'ada@new.example' },
    tenancy.service.context(),
  );
const namesOf = (...userIds: string[]) => audit.ask(resolveNames, { userIds }, tenancy.service.context());

describe('a profile', () => {
  it('is kept when it is newer', async () => {
    const { accountId, owner, ownerId } = await tenancy.openAccount();
    await keep(ownerId, 2, 'Ada Newname');
    const { items } = await tenancy.ask(listMembers, { accountId, query: 'newname' }, owner);
    expect(items).toMatchObject([{ user: { id: ownerId, name: 'Ada Newname', email: 'ada@new.example' } }]);
  });

  it('that arrives late or again changes nothing', async () => {
    const { ownerId } = await tenancy.openAccount();
    await keep(ownerId, 3, 'Third');
    await keep(ownerId, 2, 'Second');
    await keep(ownerId, 3, 'Third again');
    expect(await namesOf(ownerId)).toEqual({ names: { [ownerId]: 'Third' } });
  });

  it('is the newest of many that arrive at once', async () => {
    const userId = uuidv7();
    const versions = [4, 9, 1, 7, 2, 8, 3, 6, 5];
    await Promise.all(versions.map((version) => keep(userId, version, `Version ${version}`)));
    expect(await namesOf(userId)).toEqual({ names: { [userId]: 'Version 9' } });
  });
});

describe('names of users', () => {
  it('are those that are known', async () => {
    const { ownerId } = await tenancy.openAccount();
    expect(await namesOf(ownerId, uuidv7(), ownerId)).toEqual({ names: { [ownerId]: 'Ada Owner' } });
  });
});
