import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import {
  accessLinkCreated,
  accessLinkDeleted,
  accessLinkEdited,
  accessLinkLocked,
  accessLinkRedeemed,
  sessionEnded,
  sessionOpened,
} from '@valetkey/contracts';
import { anyCaller } from '@valetkey/testing';
import { v7 as uuidv7 } from 'uuid';
import { AuditService } from '../../test/audit-service.ts';
import { makeEvent } from '../../test/make-event.ts';

const [ada, sam] = [uuidv7(), uuidv7()];
const names: Record<string, string> = { [ada]: 'Ada', [sam]: 'Sam of support' };
let audit: AuditService;
let [accountId, linkId] = ['', ''];

beforeAll(async () => {
  audit = await AuditService.start(({ userIds }) => ({
    names: Object.fromEntries(userIds.flatMap((id) => (names[id] ? [[id, names[id]]] : []))),
  }));
});
beforeEach(() => {
  [accountId, linkId] = [uuidv7(), uuidv7()];
});
afterAll(() => audit.stop());

const user = { id: ada, name: 'Ada, as she was called then' };
const expiresAt = '2026-03-08T12:00:00.000Z';
const bySam = () => ({ accountId, id: linkId, actor: `user:${sam}` });
/** What is done with the link: it acts, on the user's behalf. */
const byLink = () => ({ accountId, actor: `access-link:${linkId}`, onBehalfOf: `user:${ada}` });

function session() {
  const parties = { subject: { type: 'user', id: ada }, actor: { type: 'access-link', id: linkId } } as const;
  return { kind: 'access_link', ...parties, accessLinkId: linkId } as const;
}

it('An access link is known by the present name of the user whom it lets in', async () => {
  const waived = [{ field: 'waiveTwoFactor', to: true }];
  const created = { user, expiresAt, hasPassword: true, waiveTwoFactor: true, editorId: sam, changes: waived };
  const changes = [{ field: 'email' }, { field: 'maxUses', from: null, to: 2 }];
  await audit.keep(
    makeEvent(accessLinkCreated, { ...bySam(), data: created }),
    makeEvent(accessLinkEdited, { ...bySam(), data: { user, changes, waiveTwoFactor: true, editorId: sam } }),
    makeEvent(accessLinkLocked, { ...bySam(), actor: 'anonymous:203.0.113.7', data: { user, editorId: sam } }),
    makeEvent(accessLinkDeleted, { ...bySam(), data: { user } }),
  );
  const entries = await audit.trail(accountId);
  expect(entries.map(({ entity }) => entity)).toEqual(
    Array.from({ length: 4 }, () => ({ type: 'access-link', id: linkId, name: 'Ada' })),
  );
  const [deleted, locked, edited, made] = entries;
  expect(deleted?.actor).toEqual({ type: 'user', id: sam, name: 'Sam of support' });
  expect(locked?.actor).toEqual({ type: 'anonymous', id: '203.0.113.7', name: '203.0.113.7' });
  expect(edited?.changes).toEqual(changes);
  expect(made?.changes).toEqual(waived);
});

it('What is done with an access link names the link as actor and the user on whose behalf', async () => {
  const sessionId = uuidv7();
  const address = '203.0.113.9';
  await audit.keep(
    makeEvent(accessLinkRedeemed, { ...byLink(), id: linkId, data: { user, sessionId, address } }),
    makeEvent(sessionOpened, { ...byLink(), id: sessionId, data: { ...session(), address, expiresAt } }),
    makeEvent(sessionEnded, { ...byLink(), id: sessionId, data: { ...session(), reason: 'signed-out' } }),
  );
  const entries = await audit.trail(accountId);
  expect(entries.map(({ action }) => action)).toEqual(['session.ended', 'session.opened', 'access-link.redeemed']);
  for (const { actor, onBehalfOf } of entries) {
    expect(actor).toEqual({ type: 'access-link', id: linkId, name: 'Access link' });
    expect(onBehalfOf).toEqual({ type: 'user', id: ada, name: 'Ada' });
  }
  expect(await audit.trail(accountId, { actor: `access-link:${linkId}` })).toHaveLength(3);
});

it('A manager reads what link sessions did, and nothing of the links', async () => {
  const data = { ...session(), address: '203.0.113.9', expiresAt };
  const redeemed = { user, sessionId: uuidv7(), address: '203.0.113.9' };
  await audit.keep(
    makeEvent(accessLinkRedeemed, { ...byLink(), id: linkId, data: redeemed }),
    makeEvent(sessionOpened, { ...byLink(), data }),
  );
  const grants = [{ scope: { type: 'account' as const, id: accountId }, role: 'manager' as const }];
  const { items } = await audit.page(anyCaller({ accountId, grants }));
  expect(items.map(({ action }) => action)).toEqual(['session.opened']);
});
