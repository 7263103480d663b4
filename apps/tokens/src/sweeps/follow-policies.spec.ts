import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { recordUses } from '@valetkey/contracts';
import { v7 as uuidv7 } from 'uuid';
import { PortalSessions } from '../../test/portal-sessions.ts';
import { HOUR, MINUTE, type Owner, SECOND, Tokens } from '../../test/tokens.ts';

let tokens: Tokens;
let portal: PortalSessions;
let owner: Owner;
let policy: (idleMinutes: number, maxHours: number) => Promise<unknown>;

beforeAll(async () => {
  tokens = await Tokens.start();
  portal = await PortalSessions.of(tokens);
});
beforeEach(() => {
  owner = tokens.owner();
  const events = tokens.tenancyOf(owner);
  policy = (portalIdleMinutes, portalMaxHours) => tokens.tell(events.policy({ portalIdleMinutes, portalMaxHours }));
});
afterAll(() => tokens.stop());

type Opened = Awaited<ReturnType<PortalSessions['open']>>;
const open = () => portal.open({ accountId: owner.accountId });
const endsOf = async ({ secret }: Opened) => {
  const state = await tokens.verify(secret);
  return state && 'idleExpiresAt' in state ? [state.idleExpiresAt, state.expiresAt] : [];
};
const at = (milliseconds: number) => tokens.later(milliseconds).toISOString();
const use = ({ session }: Opened) =>
  tokens.ask(recordUses, { uses: [{ id: session.id, at: at(0), address: '203.0.113.7' }] });
const endOf = async ({ session }: Opened) => (await tokens.eventsOf(`session:${session.id}`)).at(-1)?.data;

describe('A portal session lives as its account says', () => {
  it('from the sign-in, an hour idle and a day in all unless the account says otherwise', async () => {
    expect(await endsOf(await open())).toEqual([at(HOUR), at(24 * HOUR)]);
    await policy(15, 8);
    expect(await endsOf(await open())).toEqual([at(15 * MINUTE), at(8 * HOUR)]);
    expect(await endsOf(await portal.open({ accountId: undefined }))).toEqual([at(HOUR), at(24 * HOUR)]);
  });

  it('from a switch on, counted from its sign-in: longer in one that lets it, shorter in one that does not', async () => {
    const [opened, lax] = [await open(), tokens.owner()];
    await policy(15, 8);
    await tokens.tell(tokens.tenancyOf(lax).policy({ portalIdleMinutes: 120, portalMaxHours: 72 }));
    tokens.service.clock.advance(30 * MINUTE);

    await portal.switch(opened, { accountId: lax.accountId });
    expect(await endsOf(opened)).toEqual([at(2 * HOUR), at(71.5 * HOUR)]);
    await portal.switch(opened, { accountId: owner.accountId });
    expect(await endsOf(opened)).toEqual([at(15 * MINUTE), at(7.5 * HOUR)]);
    await tokens.pass(15 * MINUTE);
    expect(await endOf(opened)).toMatchObject({ reason: 'idle' });
  });

  it('and enters none for which it is too old: that asks for a new sign-in', async () => {
    const strict = tokens.owner();
    await tokens.tell(tokens.tenancyOf(strict).policy({ portalIdleMinutes: 60, portalMaxHours: 1 }));
    await policy(120, 24);
    const opened = await open();
    tokens.service.clock.advance(HOUR);

    expect(await portal.switch(opened, { accountId: strict.accountId })).toBe('sign_in_again');
    expect((await tokens.verify(opened.secret))?.accountId).toBe(owner.accountId);
  });
});

describe('A change of the policy', () => {
  it('shortens and lengthens the live sessions that stand there, and no others', async () => {
    const [opened, elsewhere] = [await open(), await portal.open()];
    const lent = await tokens.redeem((await tokens.create(owner)).secret);
    await policy(30, 8);
    await tokens.sweep();
    expect(await endsOf(opened)).toEqual([at(30 * MINUTE), at(8 * HOUR)]);
    expect(await endsOf(elsewhere)).toEqual([at(HOUR), at(24 * HOUR)]);
    expect((await tokens.verify(lent.secret))?.expiresAt).toBe(at(12 * HOUR));

    await policy(90, 48);
    await tokens.sweep();
    expect(await endsOf(opened)).toEqual([at(90 * MINUTE), at(48 * HOUR)]);
    expect(await tokens.told(`session:${opened.session.id}`)).toEqual(['opened']);
  });

  it('ends those past their new end in the sweep’s next turn, for the reason that holds', async () => {
    const [idle, old] = [await open(), await open()];
    tokens.service.clock.advance(50 * MINUTE);
    await use(old);
    tokens.service.clock.advance(20 * MINUTE - SECOND);
    await policy(30, 1);
    await tokens.sweep();

    expect(await tokens.live(idle, old)).toEqual([false, false]);
    expect(await endOf(old)).toMatchObject({ reason: 'expired' });
  });

  it('wakes none that has ended already, noted or not', async () => {
    const opened = await open();
    tokens.service.clock.advance(HOUR);
    await policy(240, 48);
    await tokens.sweep();
    expect(await endOf(opened)).toMatchObject({ reason: 'idle' });
  });

  it('that comes late does not undo a newer one', async () => {
    const events = tokens.tenancyOf(owner);
    const [older, newer] = [
      events.policy({ portalIdleMinutes: 10, portalMaxHours: 1 }),
      events.policy({ portalIdleMinutes: 20, portalMaxHours: 2 }),
    ];
    await tokens.tell(newer, older);
    expect(await endsOf(await open())).toEqual([at(20 * MINUTE), at(2 * HOUR)]);
  });

  it('reaches as many as there are, whichever replica sweeps, while others come', async () => {
    await tokens.sql(
      `INSERT INTO sessions (id, kind, secret_hash, account_id, subject_type, subject_id, subject_name, operator,
           idle_seconds, created_at, last_seen_at, expires_at, check_at, address, user_agent, version)
         SELECT uuidv7(), 'portal', $1::text || n, $1::uuid, 'user', $2, 'Ada', false, 3600, $3, $3,
           $3::timestamptz + interval '1 day', $3::timestamptz + interval '1 hour', '::1', '', 1
           FROM generate_series(1, 1201) n`,
      [owner.accountId, uuidv7(), tokens.later(0)],
    );
    await policy(30, 8);
    await Promise.all([tokens.sweep(), tokens.sweep(), open(), open(), tokens.sweep()]);

    const [left] = await tokens.sql(
      'SELECT count(*)::int AS left FROM sessions WHERE account_id = $1 AND idle_seconds <> 1800',
      [owner.accountId],
    );
    expect(left).toEqual({ left: 0 });
    expect(await tokens.sql('SELECT 1 FROM accounts WHERE policy_pending')).toEqual([]);
  });
});
