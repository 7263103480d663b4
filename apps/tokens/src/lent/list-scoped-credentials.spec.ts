import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { listScopedCredentials, signOut } from '@valetkey/contracts';
import type { Bus } from '@valetkey/messaging';
import { MINUTE, type Owner, Tokens } from '../../test/tokens.ts';

let tokens: Tokens;
let owner: Owner;
let tenancy: Bus;

beforeAll(async () => {
  tokens = await Tokens.start();
  owner = tokens.owner();
  tenancy = await tokens.service.as('tenancy');
});
afterAll(() => tokens.stop());

it('What is lent for a group or organization, and has not ended, is named for who would delete it', async () => {
  const id = tokens.newScope();
  const scope = { type: 'group' as const, id };
  const expiresAt = tokens.later(MINUTE).toISOString();
  const key = await tokens.createKey(owner, { scope });
  const token = await tokens.create(owner, { scope });
  await tokens.createKey(owner, { scope, expiresAt });
  await tokens.create(owner, { scope, expiresAt });
  const spent = await tokens.create(owner, { scope, type: 'one_time' });
  await tokens.ask(signOut, {}, tokens.callerOf(await tokens.redeem(spent.secret)));
  await tokens.createKey(owner);
  await tokens.createKey(owner, { scope: { type: 'group', id: tokens.newScope() } });
  tokens.service.clock.advance(MINUTE);

  const find = (scopeType: 'group' | 'organization', accountId = owner.accountId) =>
    tenancy.ask(listScopedCredentials, { accountId, scopeType, scopeId: id }, tokens.service.context());

  const named = ({ id, name }: { id: string; name: string }) => ({ id, name });
  expect(await find('group')).toEqual({ keys: [named(key)], tokens: [named(token)] });
  const nothing = { keys: [], tokens: [] };
  expect(await find('organization')).toEqual(nothing);
  expect(await find('group', tokens.owner().accountId)).toEqual(nothing);
});
