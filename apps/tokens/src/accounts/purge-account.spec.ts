import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createAccessKey } from '@valetkey/contracts';
import { AccessLinks } from '../../test/access-links.ts';
import { PortalSessions } from '../../test/portal-sessions.ts';
import { type Owner, Tokens } from '../../test/tokens.ts';

let tokens: Tokens;
let portal: PortalSessions;

beforeAll(async () => {
  tokens = await Tokens.start();
  portal = await PortalSessions.of(tokens);
});
afterAll(() => tokens.stop());

/** Every table that has rows of an account: the one of accounts and whichever names them by column. */
async function tablesWith(accountId: string): Promise<string[]> {
  const naming = await tokens.sql(
    `SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'account_id'`,
  );
  const found: string[] = [];
  for (const { name } of naming)
    if ((await tokens.sql(`SELECT 1 FROM ${String(name)} WHERE account_id = $1`, [accountId])).length > 0)
      found.push(String(name));
  const known = await tokens.sql('SELECT 1 FROM accounts WHERE id = $1', [accountId]);
  return [...found, ...(known.length > 0 ? ['accounts'] : [])].sort();
}

/** An account with something in every table. */
async function filled(): Promise<Owner> {
  const owner = tokens.owner({ modules: ['login_tokens', 'access_links'] });
  await tokens.tell(tokens.tenancyOf(owner).created());
  await tokens.redeem((await tokens.create(owner)).secret);
  await portal.open({ accountId: owner.accountId });
  await tokens.ask(createAccessKey, { accountId: owner.accountId, name: 'Robot' }, owner);
  await new AccessLinks(tokens).create(owner);
  return owner;
}

describe('When an account is gone for good', () => {
  it('tokens keeps nothing of it, and all of the others’', async () => {
    const [owner, neighbour] = [await filled(), await filled()];
    const all = await tablesWith(owner.accountId);
    expect(all).toEqual(
      expect.arrayContaining(['access_keys', 'access_links', 'accounts', 'login_tokens', 'sessions']),
    );
    const tenancy = tokens.tenancyOf(owner);
    const purged = tenancy.purged();
    await tokens.tell(tenancy.deleted(), purged);

    expect(await tablesWith(owner.accountId)).toEqual([]);
    expect(await tablesWith(neighbour.accountId)).toEqual(all);

    expect(await tokens.tell(purged)).toEqual({ duplicates: 1 });
    await tokens.sql('DELETE FROM inbox');
    expect(await tokens.tell(purged)).toEqual({ duplicates: 0 });
    expect(await tablesWith(owner.accountId)).toEqual([]);
  });

  it('its users’ sessions elsewhere go on', async () => {
    const owner = await filled();
    const opened = await portal.open({ accountId: owner.accountId });
    const tenancy = tokens.tenancyOf(owner);
    await tokens.tell(tenancy.deleted());
    await tokens.tell(tenancy.purged());
    expect(await tokens.live(opened)).toEqual([true]);
  });
});
