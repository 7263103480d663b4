import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  type AskOf,
  sessionEntered,
  sessionLeft,
  sessionOpened,
  sessionOrganizationChanged,
  type switchSession,
} from '@valetkey/contracts';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { PortalSessions } from '../../test/portal-sessions.ts';
import { Tokens } from '../../test/tokens.ts';

let tokens: Tokens;
let portal: PortalSessions;

beforeAll(async () => {
  tokens = await Tokens.start();
  portal = await PortalSessions.of(tokens);
});
afterAll(() => tokens.stop());

const Data = z.object({
  organizationId: z.string().optional(),
  from: z.string().optional(),
  to: z.string().optional(),
});

interface Place {
  accountId?: string;
  organizationId?: string;
}

/** Where the events of a session say it stands in the end, each having found it where the one before left it. */
async function toldPlace(sessionId: string): Promise<Place> {
  let place: Place = {};
  for (const { type, accountid, data } of await tokens.eventsOf(`session:${sessionId}`)) {
    const { organizationId, from, to } = Data.parse(data);
    if (type === sessionEntered.type || type === sessionOpened.type) {
      expect(place.accountId).toBeUndefined();
      place = { accountId: accountid, organizationId };
    } else if (type === sessionLeft.type) {
      expect(place.accountId).toBe(accountid);
      place = {};
    } else if (type === sessionOrganizationChanged.type) {
      expect(place).toEqual({ accountId: accountid, organizationId: from });
      place = { accountId: accountid, organizationId: to };
    }
  }
  await tokens.told(`session:${sessionId}`);
  return place;
}

it('Of concurrent switches of a session each goes on from where the one before left it', async () => {
  const accounts = Array.from({ length: 4 }, () => uuidv7());
  const organizations = Array.from({ length: 4 }, () => tokens.newScope());
  for (let turn = 0; turn < 5; turn += 1) {
    const opened = await portal.open({ accountId: accounts[turn % 4] });
    const wishes: AskOf<typeof switchSession>[] = [
      ...accounts.map((accountId, place) => ({ accountId, organizationId: organizations[place] })),
      ...organizations.map((organizationId) => ({ organizationId })),
      { accountId: accounts[0], organizationId: null },
      { organizationId: null },
    ];

    const answers = await Promise.all(wishes.map((to) => portal.switch(opened, to)));

    for (const [place, { accountId, organizationId }] of wishes.entries()) {
      const wished = { ...(accountId && { accountId }), ...(organizationId && { organizationId }) };
      if (accountId || typeof answers[place] !== 'string') expect(answers[place]).toMatchObject(wished);
      else expect(answers[place]).toBe('not_found');
    }
    const state = await tokens.verify(opened.secret);
    expect(await toldPlace(opened.session.id)).toEqual({
      accountId: state?.accountId,
      organizationId: state?.organizationId,
    });
  }
});

it('An organization alone is never taken for one of an account that another switch chose meanwhile', async () => {
  for (let turn = 0; turn < 10; turn += 1) {
    const [opened, next] = [await portal.open(), uuidv7()];
    const organizationId = tokens.newScope();
    const userId = opened.session.subject.id;
    tokens.lostPlaces.add(`${userId} ${organizationId} in ${next}`);

    await Promise.all([portal.switch(opened, { accountId: next }), portal.switch(opened, { organizationId })]);

    expect(await tokens.verify(opened.secret)).toMatchObject({ accountId: next });
    expect(await tokens.verify(opened.secret)).not.toHaveProperty('organizationId');
  }
});

it('Sessions of one user stand each where it was put', async () => {
  const userId = uuidv7();
  const opened = await portal.openOf(userId, 5);
  const places = opened.map(() => ({ accountId: uuidv7(), organizationId: tokens.newScope() }));
  await Promise.all(opened.map((one, place) => portal.switch(one, places[place] ?? {})));
  for (const [place, { secret }] of opened.entries())
    expect(await tokens.verify(secret)).toMatchObject(places[place] ?? {});
});
