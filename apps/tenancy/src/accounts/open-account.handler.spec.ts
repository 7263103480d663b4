import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getAccount, listMembers, openAccount } from '@valetkey/contracts';
import { v7 as uuidv7 } from 'uuid';
import { portalOf, Tenancy } from '../../test/tenancy.ts';

let tenancy: Tenancy;

beforeAll(async () => {
  tenancy = await Tenancy.start();
});

afterAll(async () => {
  await tenancy.stop();
});

function signUp() {
  const [accountId, userId] = [uuidv7(), uuidv7()];
  const owner = { userId, name: 'Ada Owner', primaryEmail: 'ada@acme.example', version: 1 };
  return { accountId, accountName: 'Acme', owner };
}

describe('opening an account', () => {
  it('makes the signed-up user its owner, with login tokens on', async () => {
    const opening = signUp();
    const { accountId, owner } = opening;
    await tenancy.identity.ask(openAccount, opening, tenancy.service.context());
    const caller = portalOf(owner.userId, accountId, 'owner');
    expect(await tenancy.ask(getAccount, { accountId }, caller)).toEqual({
      id: accountId,
      name: 'Acme',
      country: null,
      landingUrl: null,
      tokenSessionLimit: null,
      modules: { login_tokens: true, access_links: false, partner: false, client: false },
      createdAt: '2026-03-01T12:00:00.000Z',
      revision: 1,
    });
    expect(await tenancy.ask(listMembers, { accountId }, caller)).toMatchObject({
      items: [
        {
          user: { id: owner.userId, name: 'Ada Owner', email: 'ada@acme.example' },
          scope: { type: 'account', id: accountId, name: 'Acme' },
          role: 'owner',
        },
      ],
      nextCursor: null,
    });
  });

  it('twenty times at once opens it once and tells it once', async () => {
    const opening = signUp();
    const { accountId, owner } = opening;
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => tenancy.identity.ask(openAccount, opening, tenancy.service.context())),
    );
    expect(answers).toEqual(Array.from({ length: 20 }, () => ({})));
    expect(await tenancy.eventsOf(accountId)).toMatchObject([
      {
        type: 'dev.valetkey.account.created.v1',
        subject: accountId,
        sequence: 1,
        data: { name: 'Acme', ownerId: owner.userId, modules: ['login_tokens'], tokenSessionLimit: null },
      },
      {
        type: 'dev.valetkey.membership.granted.v1',
        sequence: 1,
        data: { userId: owner.userId, scope: { type: 'account', id: accountId }, role: 'owner' },
      },
    ]);
  });

  it('is for identity to ask, not for the gateway', async () => {
    expect(await tenancy.refusal(openAccount, signUp())).toBe('forbidden');
  });
});
