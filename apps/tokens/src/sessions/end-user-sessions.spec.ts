import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AskOf, endUserSessions } from '@valetkey/contracts';
import { v7 as uuidv7 } from 'uuid';
import { PortalSessions } from '../../test/portal-sessions.ts';
import { Tokens } from '../../test/tokens.ts';

let tokens: Tokens;
let portal: PortalSessions;

beforeAll(async () => {
  tokens = await Tokens.start();
  portal = await PortalSessions.of(tokens);
});
afterAll(() => tokens.stop());

const end = (input: AskOf<typeof endUserSessions>) =>
  portal.identity.ask(endUserSessions, input, tokens.service.context());
const unsent = async (userId: string) =>
  tokens.sql(`SELECT 1 FROM outbox WHERE sent_at IS NULL AND body LIKE $1`, [`%${userId}%`]);

describe('What ends a user’s sessions', () => {
  it('ends them in every account, those of links too, and answers once that is published', async () => {
    const userId = uuidv7();
    const [one, link] = await portal.openOf(userId, 2);
    const [nowhere] = await portal.openOf(userId, 1, { accountId: undefined });
    if (!one || !link || !nowhere) throw new Error('too few');
    await tokens.sql(`UPDATE sessions SET kind = 'access_link' WHERE id = $1`, [link.session.id]);
    const other = await portal.open();

    expect(await end({ userId, reason: 'user-locked' })).toEqual({});

    expect(await unsent(userId)).toEqual([]);
    expect(await tokens.live(one, link, nowhere, other)).toEqual([false, false, false, true]);
    const [, ended] = await tokens.eventsOf(`session:${one.session.id}`);
    expect(ended).toMatchObject({ accountid: one.session.accountId, data: { reason: 'user-locked' } });
  });

  it('ends what they lent by links too, once platform staff lock them', async () => {
    const lenderId = uuidv7();
    const [lent] = await portal.openOf(uuidv7(), 1);
    if (!lent) throw new Error('too few');
    await tokens.sql(`UPDATE sessions SET kind = 'access_link', lender_id = $2 WHERE id = $1`, [
      lent.session.id,
      lenderId,
    ]);
    await end({ userId: lenderId, reason: 'password-changed' });
    expect(await tokens.live(lent)).toEqual([true]);
    await end({ userId: lenderId, reason: 'user-locked' });
    expect(await tokens.live(lent)).toEqual([false]);
  });

  it('spares the one that asks, if there is one', async () => {
    const userId = uuidv7();
    const [one, asking] = await portal.openOf(userId, 2);
    if (!one || !asking) throw new Error('too few');
    await end({ userId, exceptSessionId: asking.session.id, reason: 'password-changed' });
    expect(await tokens.live(one, asking)).toEqual([false, true]);
  });

  it('may be asked again, and of a user who has none', async () => {
    const userId = uuidv7();
    const [one] = await portal.openOf(userId, 1);
    for (let time = 0; time < 3; time += 1) expect(await end({ userId, reason: 'ended-by-user' })).toEqual({});
    expect(await tokens.told(`session:${one?.session.id}`)).toEqual(['opened', 'ended']);
    expect(await end({ userId: uuidv7(), reason: 'user-locked' })).toEqual({});
  });

  it('is identity’s to ask, and for no other reason than its own', async () => {
    const input = { userId: uuidv7(), reason: 'user-locked' as const };
    expect(await tokens.attempt(endUserSessions, input, tokens.owner())).toBe('forbidden');
    const tenancy = await tokens.service.as('tenancy');
    expect(await tenancy.ask(endUserSessions, input, tokens.service.context())).toMatchObject({ code: 'forbidden' });
  });
});
