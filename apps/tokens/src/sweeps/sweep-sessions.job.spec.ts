import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { recordUses } from '@valetkey/contracts';
import { HOUR, MINUTE, type Owner, SECOND, Tokens } from '../../test/tokens.ts';

let tokens: Tokens;
let owner: Owner;

beforeAll(async () => {
  tokens = await Tokens.start();
});
beforeEach(() => {
  owner = tokens.owner();
});
afterAll(() => tokens.stop());

const use = ({ session }: { session: { id: string } }) =>
  tokens.ask(recordUses, { uses: [{ id: session.id, at: tokens.later(0).toISOString(), address: '203.0.113.7' }] });

describe('The sweep', () => {
  it('leaves a session that is used, and ends it an hour after its last use', async () => {
    const opened = await tokens.redeem((await tokens.create(owner)).secret);
    await tokens.pass(59 * MINUTE);
    await use(opened);

    await tokens.pass(MINUTE);
    expect(await tokens.told(`session:${opened.session.id}`)).toEqual(['opened']);
    await tokens.pass(58 * MINUTE);
    expect(await tokens.told(`session:${opened.session.id}`)).toEqual(['opened']);
    await tokens.pass(MINUTE);
    expect(await tokens.told(`session:${opened.session.id}`)).toEqual(['opened', 'ended']);
  });

  it('says of a session that is both idle and too old what came first', async () => {
    const opened = await tokens.redeem((await tokens.create(owner)).secret);
    tokens.service.clock.advance(11.5 * HOUR);
    await tokens.sql('UPDATE sessions SET last_seen_at = $1 WHERE id = $2', [tokens.later(0), opened.session.id]);

    await tokens.pass(HOUR);

    const [, ended] = await tokens.eventsOf(`session:${opened.session.id}`);
    expect(ended).toMatchObject({ data: { reason: 'expired' } });
  });

  it('goes on until nothing is due, however much there is', async () => {
    const token = await tokens.create(owner);
    await tokens.sql(
      `INSERT INTO sessions SELECT gen_random_uuid(), 'login_token', 'hash ' || n, $1, NULL, 'login-token', $2, 'x', $2, 1,
         false, 3600, $3, $3, $3::timestamptz + interval '12 hours', $3::timestamptz + interval '1 hour', NULL, NULL, '::1', '', 1
         FROM generate_series(1, 1201) n`,
      [owner.accountId, token.id, tokens.later(0)],
    );

    await tokens.pass(HOUR);

    const [row] = await tokens.sql(
      `SELECT count(*)::int AS ended FROM sessions WHERE login_token_id = $1 AND end_reason = 'idle'`,
      [token.id],
    );
    expect(row).toEqual({ ended: 1201 });
  });

  it('can run in many replicas at once, and each end is told once', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => tokens.create(owner, { type: 'one_time' })));
    const brief = await Promise.all(
      Array.from({ length: 20 }, () => tokens.create(owner, { expiresAt: tokens.later(HOUR).toISOString() })),
    );
    const opened = await Promise.all([...all, ...brief].map(({ secret }) => tokens.redeem(secret)));
    tokens.service.clock.advance(HOUR);

    await Promise.all(Array.from({ length: 5 }, () => tokens.sweep()));
    await tokens.sweep();

    for (const { session } of opened) expect(await tokens.told(`session:${session.id}`)).toEqual(['opened', 'ended']);
    for (const { id } of all) expect(await tokens.told(`login-token:${id}`)).toEqual(['created', 'redeemed', 'used']);
    for (const { id } of brief)
      expect(await tokens.told(`login-token:${id}`)).toEqual(['created', 'redeemed', 'expired']);
  });

  it('forgets sessions a day after their end', async () => {
    const { session } = await tokens.redeem((await tokens.create(owner)).secret);
    const rows = async () => (await tokens.sql('SELECT 1 FROM sessions WHERE id = $1', [session.id])).length;
    await tokens.pass(HOUR);
    await tokens.pass(24 * HOUR);
    expect(await rows()).toBe(1);

    await tokens.pass(SECOND);
    expect(await rows()).toBe(0);
  });
});
