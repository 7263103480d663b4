import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getAccountAsOperator, listAccountsAsOperator, setModules } from '@valetkey/contracts';
import { anyCaller } from '@valetkey/testing';
import { v7 as uuidv7 } from 'uuid';
import { Tenancy } from '../../test/tenancy.ts';

let tenancy: Tenancy;
const operator = anyCaller({ operator: true });

beforeAll(async () => {
  tenancy = await Tenancy.start();
});

afterAll(async () => {
  await tenancy.stop();
});

describe('an operator', () => {
  it('turns modules on and off, each told by itself with all that are on in the end', async () => {
    const { accountId } = await tenancy.openAccount();
    const modules = { login_tokens: false, access_links: true, partner: true, client: false };
    const answer = await tenancy.ask(setModules, { accountId, modules }, operator);
    expect(answer).toMatchObject({ modules, revision: 2 });
    const told = (module: string, from: boolean, to: boolean) => {
      const changes = [{ field: `modules.${module}`, from, to }];
      return { module, modules: ['access_links', 'partner'], changes };
    };
    expect((await tenancy.eventsOf(accountId)).slice(2)).toMatchObject([
      { type: 'dev.valetkey.account.module-disabled.v1', sequence: 2, data: told('login_tokens', true, false) },
      { type: 'dev.valetkey.account.module-enabled.v1', sequence: 3, data: told('access_links', false, true) },
      { type: 'dev.valetkey.account.module-enabled.v1', sequence: 4, data: told('partner', false, true) },
    ]);
  });

  it('leaves modules that are not named, and tells nothing of those that stay', async () => {
    const { accountId } = await tenancy.openAccount();
    const answer = await tenancy.ask(
      setModules,
      { accountId, modules: { login_tokens: true, client: false } },
      operator,
    );
    expect(answer).toMatchObject({ modules: { login_tokens: true }, revision: 1 });
    expect(await tenancy.eventsOf(accountId)).toHaveLength(2);
  });

  it('is answered after the event that takes access away is in the stream', async () => {
    const { accountId } = await tenancy.openAccount();
    const asked = { accountId, modules: { login_tokens: false } };
    const { touched } = await tenancy.service.gateway.request(setModules, asked, tenancy.service.context(operator));
    expect(touched).toEqual([`account:${accountId}`]);
    const unsent = await tenancy.sql('SELECT 1 FROM outbox WHERE sent_at IS NULL AND entity = $1', [
      `account:${accountId}`,
    ]);
    expect(unsent).toEqual([]);
  });

  it('switches many at once without losing one', async () => {
    const { accountId } = await tenancy.openAccount();
    const switches = [{ access_links: true }, { partner: true }, { client: true }, { login_tokens: false }];
    await Promise.all(switches.map((modules) => tenancy.ask(setModules, { accountId, modules }, operator)));
    expect(await tenancy.ask(getAccountAsOperator, { accountId }, operator)).toMatchObject({
      modules: { login_tokens: false, access_links: true, partner: true, client: true },
      revision: 5,
    });
    const sequences = (await tenancy.eventsOf(accountId)).slice(2).map(({ sequence }) => sequence);
    expect(sequences).toEqual([2, 3, 4, 5]);
  });

  it('changes the revision that was seen, if one is named', async () => {
    const { accountId } = await tenancy.openAccount();
    const asked = { accountId, modules: { client: true } };
    expect(await tenancy.refusal(setModules, asked, operator, { ifMatch: '"7"' })).toBe('precondition_failed');
    expect(await tenancy.ask(setModules, asked, operator, { ifMatch: '"1"' })).toMatchObject({ revision: 2 });
  });

  it('finds accounts by part of their name, newest first', async () => {
    const first = await tenancy.openAccount('Hydra North');
    const second = await tenancy.openAccount('Hydra South');
    await tenancy.openAccount('Medusa');
    const { items } = await tenancy.ask(listAccountsAsOperator, { query: 'hydra' }, operator);
    expect(items.map(({ id }) => id)).toEqual([second.accountId, first.accountId]);
  });

  it('is told that an unknown account is unknown, whatever the body', async () => {
    const accountId = uuidv7();
    expect(await tenancy.refusal(getAccountAsOperator, { accountId }, operator)).toBe('not_found');
    expect(await tenancy.refusal(setModules, { accountId, modules: {} }, operator)).toBe('not_found');
    const unknown = { accountId, modules: {}, plan: 'gold' };
    expect(await tenancy.refusal(setModules, unknown, operator)).toBe('not_found');
    const known = { ...unknown, accountId: (await tenancy.openAccount()).accountId };
    expect(await tenancy.refusal(setModules, known, operator)).toBe('malformed');
  });

  it('is not simply an owner', async () => {
    const { accountId, owner } = await tenancy.openAccount();
    expect(await tenancy.refusal(setModules, { accountId, modules: { client: true } }, owner)).toBe('forbidden');
  });
});
