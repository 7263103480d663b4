import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AskOf, checkScope, chooseStanding, Failure, type Standing } from '@valetkey/contracts';
import type { Bus } from '@valetkey/messaging';
import { v7 as uuidv7 } from 'uuid';
import { Tenancy, type Tenant } from '../../test/tenancy.ts';

let tenancy: Tenancy;
let tokens: Bus;
let acme: Tenant;
let empty: Tenant;
let [branches, first, inBranches, foreign] = ['', '', '', ''];
/** Manages the branches of Acme and, since later, views the empty account. */
let holder: Standing['holder'];
const notFound = new Failure('not_found');

beforeAll(async () => {
  tenancy = await Tenancy.start();
  tokens = await tenancy.service.as('tokens');
  acme = await tenancy.openAccount('Acme');
  empty = await tenancy.openAccount('Empty');
  branches = await tenancy.makeGroup(acme.accountId);
  first = await tenancy.makeOrganization(acme.accountId, { name: 'Zulu' });
  inBranches = await tenancy.makeOrganization(acme.accountId, { name: 'Alpha', groupId: branches });
  foreign = await tenancy.makeOrganization((await tenancy.openAccount('Foreign')).accountId);
  const { userId } = await tenancy.join(acme.accountId, { type: 'group', id: branches }, 'manager');
  await tenancy.join(empty.accountId, { type: 'account', id: empty.accountId }, 'viewer', { userId });
  holder = { userId };
});

afterAll(async () => {
  await tenancy.stop();
});

const choose = (asked: AskOf<typeof chooseStanding>) => tokens.ask(chooseStanding, asked, tenancy.service.context());

describe('where a user stands', () => {
  it('is the oldest account and the first organization reachable there', async () => {
    expect(await choose({ holder })).toEqual({ accountId: acme.accountId, organizationId: inBranches });
    const owner = { userId: acme.ownerId };
    expect(await choose({ holder: owner })).toEqual({ accountId: acme.accountId, organizationId: first });
  });

  it('is the account named, as a whole where that is asked', async () => {
    const asked = { holder, accountId: acme.accountId };
    expect(await choose({ ...asked, organizationId: null })).toEqual({ accountId: acme.accountId });
    expect(await choose({ ...asked, organizationId: inBranches })).toEqual({
      accountId: acme.accountId,
      organizationId: inBranches,
    });
  });

  it('is not found where they reach nothing', async () => {
    const { accountId } = acme;
    expect(await choose({ holder: { userId: uuidv7() } })).toEqual(notFound);
    expect(await choose({ holder: { userId: empty.ownerId }, accountId })).toEqual(notFound);
    for (const organizationId of [first, foreign, uuidv7()]) {
      expect(await choose({ holder, accountId, organizationId })).toEqual(notFound);
    }
  });
});

describe('where a token stands', () => {
  const carrying = (type: 'account' | 'group' | 'organization', id: string): Standing['holder'] => ({
    grant: { scope: { type, id }, role: 'viewer' },
  });

  it('is the first organization of its scope, in the account of its scope', async () => {
    const { accountId } = acme;
    const inAccount = { accountId, organizationId: first };
    expect(await choose({ holder: carrying('account', accountId) })).toEqual(inAccount);
    const inGroup = { accountId, organizationId: inBranches };
    expect(await choose({ holder: carrying('group', branches), accountId })).toEqual(inGroup);
    expect(await choose({ holder: carrying('organization', inBranches) })).toEqual(inGroup);
  });

  it('is not found outside its scope, or when its scope does not exist', async () => {
    const { accountId } = acme;
    expect(await choose({ holder: carrying('group', branches), accountId, organizationId: first })).toEqual(notFound);
    expect(await choose({ holder: carrying('group', branches), accountId: empty.accountId })).toEqual(notFound);
    expect(await choose({ holder: carrying('organization', uuidv7()) })).toEqual(notFound);
  });
});

describe('a scope', () => {
  it('exists in its own account only, as what it is', async () => {
    const { accountId } = acme;
    const exists = async (type: 'account' | 'group' | 'organization', id: string) =>
      tokens.ask(checkScope, { accountId, scope: { type, id } }, tenancy.service.context());
    const yes = { exists: true };
    const no = { exists: false };
    expect(await exists('account', accountId)).toEqual(yes);
    expect(await exists('group', branches)).toEqual(yes);
    expect(await exists('organization', first)).toEqual(yes);
    expect(await exists('organization', branches)).toEqual(no);
    expect(await exists('organization', foreign)).toEqual(no);
    expect(await exists('account', empty.accountId)).toEqual(no);
  });
});
