import { expect } from '@jest/globals';
import { Session } from '@valetkey/contracts';
import { eventually } from '../eventually.ts';
import type { AccessLinkModel, SessionOnPaper } from './access-link-model.ts';
import type { AccessLinkWorld } from './access-link-world.ts';

const byId = (one: { id: string }, other: { id: string }) => one.id.localeCompare(other.id);

/** The owner sees the links that are on paper. */
export async function expectLinks(model: AccessLinkModel, world: AccessLinkWorld): Promise<void> {
  const expected = model.links.map((link) => ({
    id: link.id,
    status: model.statusOf(link),
    expiresAt: new Date(link.expiresAt).toISOString(),
    hasPassword: link.password !== null,
    maxUses: link.maxUses ?? undefined,
    uses: link.uses,
  }));
  const shown = (await world.shownLinks()).map(({ id, status, expiresAt, hasPassword, maxUses, uses }) => {
    return { id, status, expiresAt, hasPassword, maxUses, uses };
  });
  expect(shown.toSorted(byId)).toEqual(expected.toSorted(byId));
}

/** What ends by itself ends soon; that it opens nothing any more is so at once. */
export async function expectSettled(model: AccessLinkModel, world: AccessLinkWorld): Promise<void> {
  const { ending } = model;
  if (ending.length === 0) return;
  await eventually('links end that have lost what they stood on', async () => {
    const shown = await world.shownLinks();
    return shown.some(({ id }) => ending.includes(id)) ? undefined : true;
  });
  model.ending = [];
}

/** All sessions are good, or are not, as the paper says. */
export async function lookAtSessions(model: AccessLinkModel, world: AccessLinkWorld): Promise<void> {
  for (const session of model.sessions) await expectSession(session, model, world);
}

/** Looking at a session is using it. */
async function expectSession(session: SessionOnPaper, model: AccessLinkModel, world: AccessLinkWorld): Promise<void> {
  const { status, body, code } = await session.client.call('GET', '/v1/session');
  if (!model.isGood(session)) {
    expect({ status, code }).toEqual({ status: 401, code: 'unauthenticated' });
    return;
  }
  model.noteUse(session);
  expect(status).toBe(200);
  expect(Session.parse(body)).toMatchObject({
    kind: 'access_link',
    role: model.userRole,
    subject: { id: world.userId },
    actor: { id: session.link.id, actor: { name: session.editor } },
    expiresAt: new Date(session.endsAt).toISOString(),
    idleExpiresAt: new Date(Math.min(session.idleEndsAt, session.endsAt)).toISOString(),
  });
}
