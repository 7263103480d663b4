import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkLendings, Failure, type Role } from '@valetkey/contracts';
import type { Bus } from '@valetkey/messaging';
import { v7 as uuidv7 } from 'uuid';
import { Tenancy, type Tenant } from '../../test/tenancy.ts';

let tenancy: Tenancy;
let tokens: Bus;
let acme: Tenant;
let [sue, manager, vera] = ['', '', ''];

beforeAll(async () => {
  tenancy = await Tenancy.start();
  tokens = await tenancy.service.as('tokens');
  acme = await tenancy.openAccount('Acme');
  const join = async (role: Role, name: string) =>
    (await tenancy.join(acme.accountId, { type: 'account', id: acme.accountId }, role, { name })).userId;
  sue = await join('supporter', 'Sue');
  manager = await join('manager', 'Mia');
  vera = await join('viewer', 'Vera');
});
afterAll(async () => {
  await tenancy.stop();
});

const check = (pairs: [makerId: string, userId: string][], accountId = acme.accountId, as = tokens) => {
  const lendings = pairs.map(([makerId, userId]) => ({ makerId, userId }));
  return as.ask(checkLendings, { accountId, lendings }, tenancy.service.context());
};

describe('Of many access links', () => {
  it('each is judged as one is, in the order asked, twice where it is asked twice', async () => {
    const [allowed, refused] = [
      { allowed: true, isMember: true },
      { allowed: false, isMember: true },
    ];
    const { ownerId } = acme;
    const pairs: [string, string][] = [
      [ownerId, vera],
      [sue, vera],
      [sue, ownerId],
      [manager, vera],
      [ownerId, ownerId],
      [uuidv7(), vera],
      [ownerId, uuidv7()],
      [sue, vera],
    ];
    const stranger = { allowed: false, isMember: false };
    const lendings = [allowed, allowed, refused, refused, refused, refused, stranger, allowed];
    expect(await check(pairs)).toEqual({ lendings });
  });

  it('none is another account’s, where its users are members', async () => {
    const other = await tenancy.openAccount('Other');
    expect(await check([[other.ownerId, vera]], other.accountId)).toEqual({
      lendings: [{ allowed: false, isMember: false }],
    });
  });

  it('a thousand are asked about at once, and no more', async () => {
    const times = (count: number) => Array.from({ length: count }, (): [string, string] => [sue, uuidv7()]);
    expect(await check(times(1000))).toMatchObject({ lendings: { length: 1000 } });
    expect(await check(times(1001))).toMatchObject({ code: 'malformed' });
  });

  it('none has a place in an account that is gone', async () => {
    const gone = await tenancy.openAccount();
    const now = tenancy.service.clock.now();
    await tenancy.sql('UPDATE accounts SET deleted_at = $2 WHERE id = $1', [gone.accountId, now]);
    expect(await check([[sue, vera]], gone.accountId)).toEqual(new Failure('not_found'));
    expect(await check([[sue, vera]], uuidv7())).toEqual(new Failure('not_found'));
  });

  it('is tokens’ alone to ask', async () => {
    const identity = await tenancy.service.as('identity');
    expect(await check([[sue, vera]], acme.accountId, identity)).toEqual(new Failure('forbidden'));
  });
});
