import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getPermissions, type Permission, putPermissions } from '@valetkey/contracts';
import { anyCaller } from '@valetkey/testing';
import { Tenancy } from '../../test/tenancy.ts';

let tenancy: Tenancy;
const operator = anyCaller({ operator: true });
const view: Permission = { name: 'devices.view', description: 'See devices', roles: ['owner', 'viewer'] };
const manage: Permission = { name: 'devices.manage', description: 'Change devices', roles: ['owner'] };

beforeAll(async () => {
  tenancy = await Tenancy.start();
});

afterAll(async () => {
  await tenancy.stop();
});

const put = (...permissions: Permission[]) => tenancy.ask(putPermissions, { permissions }, operator);

describe('the catalogue of permissions', () => {
  it('is empty at first', async () => {
    expect(await tenancy.ask(getPermissions, {}, operator)).toEqual([]);
  });

  it('is replaced as a whole and answered by name, each role once', async () => {
    await put({ ...view, name: 'devices.old' });
    expect(await put({ ...view, roles: ['viewer', 'owner', 'viewer'] }, manage)).toEqual([manage, view]);
    expect(await tenancy.ask(getPermissions, {}, operator)).toEqual([manage, view]);
  });

  it('tells each change of it once, numbered', async () => {
    await put(view);
    const before = await tenancy.eventsOf();
    await put(view);
    await put({ ...view, roles: ['owner'] });
    const told = (await tenancy.eventsOf()).slice(before.length);
    expect(told).toMatchObject([
      {
        type: 'dev.valetkey.permission-catalogue.changed.v1',
        subject: 'catalogue',
        sequence: (before.at(-1)?.sequence ?? 0) + 1,
        data: { changes: [{ field: 'devices.view', from: { roles: ['owner', 'viewer'] }, to: { roles: ['owner'] } }] },
      },
    ]);
    expect(told[0]).not.toHaveProperty('accountid');
  });

  it('replaced many times at once is one of the catalogues given', async () => {
    const catalogues = Array.from({ length: 8 }, (_, n) => [
      { ...view, name: `many.a${n}` },
      { ...view, name: `many.b${n}` },
    ]);
    await Promise.all(catalogues.map((permissions) => put(...permissions)));
    expect(catalogues).toContainEqual(await tenancy.ask(getPermissions, {}, operator));
  });
});
