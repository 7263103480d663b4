import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { getLoginToken, recordUses, signOut } from '@valetkey/contracts';
import { v7 as uuidv7 } from 'uuid';
import { MINUTE, type Owner, SECOND, Tokens } from '../../test/tokens.ts';

let tokens: Tokens;
let owner: Owner;

beforeAll(async () => {
  tokens = await Tokens.start();
});
beforeEach(() => {
  owner = tokens.owner();
});
afterAll(() => tokens.stop());

const use = ({ session }: { session: { id: string } }, milliseconds: number, address = '198.51.100.1') => ({
  id: session.id,
  at: tokens.later(milliseconds).toISOString(),
  address,
});
const record = (...uses: ReturnType<typeof use>[]) => tokens.ask(recordUses, { uses });
const lastSeen = async (opened: { secret: string }) => (await tokens.verify(opened.secret))?.lastSeenAt;
const look = ({ id }: { id: string }) =>
  tokens.ask(getLoginToken, { accountId: owner.accountId, loginTokenId: id }, owner);

describe('Recorded uses', () => {
  it('move a session’s end and its token’s last use, the latest of each', async () => {
    const token = await tokens.create(owner);
    const [one, two] = [await tokens.redeem(token.secret), await tokens.redeem(token.secret)];
    tokens.service.clock.advance(MINUTE);

    await record(
      use(one, -20 * SECOND),
      use(one, -10 * SECOND, '198.51.100.2'),
      use(two, -30 * SECOND),
      use(one, -15 * SECOND),
    );

    expect(await lastSeen(one)).toBe(tokens.later(-10 * SECOND).toISOString());
    expect(await lastSeen(two)).toBe(tokens.later(-30 * SECOND).toISOString());
    const used = { lastUsedAt: tokens.later(-10 * SECOND).toISOString(), lastUsedFrom: '198.51.100.2' };
    expect(await look(token)).toMatchObject(used);
  });

  it('that come late move nothing back, and none reaches into the future', async () => {
    const opened = await tokens.redeem((await tokens.create(owner)).secret);
    tokens.service.clock.advance(MINUTE);
    await record(use(opened, -10 * SECOND));
    await record(use(opened, -20 * SECOND));
    expect(await lastSeen(opened)).toBe(tokens.later(-10 * SECOND).toISOString());

    await record(use(opened, MINUTE));
    expect(await lastSeen(opened)).toBe(tokens.later(0).toISOString());
  });

  it('wake no session that has ended, and may be of none', async () => {
    const token = await tokens.create(owner);
    const opened = await tokens.redeem(token.secret);
    await tokens.ask(signOut, {}, tokens.callerOf(opened));
    tokens.service.clock.advance(SECOND);

    expect(await record(use(opened, 0), { ...use(opened, 0), id: uuidv7() })).toEqual({});
    expect(await record()).toEqual({});

    expect(await tokens.live(opened)).toEqual([false]);
    expect(await look(token)).toMatchObject({ lastUsedFrom: '203.0.113.7' });
  });

  it('of many gateways at once, crosswise, wait for nobody and fail nobody', async () => {
    const token = await tokens.create(owner);
    const all = await Promise.all(Array.from({ length: 50 }, () => tokens.redeem(token.secret)));
    tokens.service.clock.advance(SECOND);

    const batches = Array.from({ length: 8 }, (_, gateway) => {
      const uses = all.map((opened) => use(opened, gateway - 8));
      return record(...(gateway % 2 ? uses : uses.reverse()));
    });
    await Promise.all(batches);

    for (const opened of all) expect(await lastSeen(opened)).not.toBe(opened.session.lastSeenAt);
  });
});
