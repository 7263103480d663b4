import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  accountPurged,
  partnershipActivated,
  partnershipCeilingChanged,
  partnershipDeleted,
  partnershipLapsed,
  partnershipRevoked,
  type PartnershipSide,
  partnershipTokenCreated,
  partnerUserAuthorized,
  partnerUserChanged,
  partnerUserRevoked,
} from '@valetkey/contracts';
import { anyCaller } from '@valetkey/testing';
import { waitUntil } from '@valetkey/testing/stack';
import { v7 as uuidv7 } from 'uuid';
import { AuditService } from '../../test/audit-service.ts';
import { makeEvent } from '../../test/make-event.ts';

const [grace, ada] = [uuidv7(), uuidv7()];
const people: Record<string, string> = { [grace]: 'Grace of Harbour', [ada]: 'Ada of Acme' };
let audit: AuditService;
/** Harbour provides, Acme is its client. */
let [harbour, acme, partnershipId] = ['', '', ''];

beforeAll(async () => {
  audit = await AuditService.start(({ userIds }) => ({
    names: Object.fromEntries(userIds.flatMap((id) => (people[id] ? [[id, people[id]]] : []))),
  }));
});
beforeEach(() => {
  [harbour, acme, partnershipId] = [uuidv7(), uuidv7(), uuidv7()];
});
afterAll(() => audit.stop());

const charles = { id: uuidv7(), name: 'Charles of Harbour' };
const permissions = ['devices.view'];
const changes = [{ field: 'permissions', from: ['devices.manage', 'devices.view'], to: permissions }];

function sideOf(side: PartnershipSide) {
  const [accountName, other, otherName] =
    side === 'provider' ? ['Harbour', acme, 'Acme'] : ['Acme', harbour, 'Harbour'];
  return { side, accountName, counterpart: { id: other, name: otherName } };
}

/** Where a side's event stands, and whom it names as who acted: its own people, or the other company. */
function placeOf(side: PartnershipSide, by: PartnershipSide, id = partnershipId) {
  const accountId = side === 'provider' ? harbour : acme;
  const own = side === 'provider' ? `user:${grace}` : `user:${ada}`;
  return { id, accountId, actor: side === by ? own : `account:${side === 'provider' ? acme : harbour}` };
}

/** The steps of a partnership from its token to its end, each as both sides are told of it. */
function life() {
  const partnerUserId = uuidv7();
  const ofUser = { partnershipId, user: charles, permissions };
  const sides: PartnershipSide[] = ['provider', 'client'];
  const token = { side: 'provider' as const, accountName: 'Harbour', clientName: 'Acme, we hope' };
  return [
    makeEvent(partnershipTokenCreated, { ...placeOf('provider', 'provider'), sequence: 1, data: token }),
    ...sides.flatMap((side, n) => {
      const data = sideOf(side);
      const user = (by: PartnershipSide) => placeOf(side, by, partnerUserId);
      const whole = (by: PartnershipSide) => placeOf(side, by);
      return [
        makeEvent(partnershipActivated, {
          ...whole('client'),
          sequence: 2 + n,
          data: { ...data, permissions, changes: [] },
        }),
        makeEvent(partnerUserAuthorized, {
          ...user('provider'),
          sequence: 1 + n,
          data: { ...data, ...ofUser, changes: [] },
        }),
        makeEvent(partnershipCeilingChanged, {
          ...whole('client'),
          sequence: 4 + n,
          data: { ...data, permissions, changes },
        }),
        makeEvent(partnerUserChanged, {
          ...user('client'),
          actor: 'service:tenancy',
          sequence: 3 + n,
          data: { ...data, ...ofUser, changes },
        }),
        makeEvent(partnerUserRevoked, { ...user('provider'), sequence: 5 + n, data: { ...data, ...ofUser } }),
        makeEvent(partnershipRevoked, { ...whole('client'), sequence: 6 + n, data }),
      ];
    }),
  ];
}

const shown = async (accountId: string) =>
  (await audit.trail(accountId))
    .map(({ action, entity, actor }) => ({ action, entity: entity.name, actor: `${actor.type} ${actor.name}` }))
    .toReversed();

/** All that is kept of an account's trail, as it stands in the tables. */
async function rowsOf(accountId: string): Promise<string> {
  const { rows } = await audit.database.query<{ row: string }>(
    `SELECT entries::text AS row FROM entries WHERE account_id = $1
      UNION ALL SELECT names::text FROM names WHERE account_id = $1`,
    [accountId],
  );
  return rows.map(({ row }) => row).join('\n');
}

describe('The trails of both companies of a partnership', () => {
  it('record every step, the other company as who acted where it did', async () => {
    await audit.keep(...life());
    const [byHarbour, byAcme] = ['account Harbour', 'account Acme'];
    expect(await shown(harbour)).toEqual([
      { action: 'partnership.token-created', entity: 'Acme', actor: 'user Grace of Harbour' },
      { action: 'partnership.activated', entity: 'Acme', actor: byAcme },
      { action: 'partner-user.authorized', entity: 'Charles of Harbour', actor: 'user Grace of Harbour' },
      { action: 'partnership.ceiling-changed', entity: 'Acme', actor: byAcme },
      { action: 'partner-user.changed', entity: 'Charles of Harbour', actor: 'service tenancy' },
      { action: 'partner-user.revoked', entity: 'Charles of Harbour', actor: 'user Grace of Harbour' },
      { action: 'partnership.revoked', entity: 'Acme', actor: byAcme },
    ]);
    expect(await shown(acme)).toEqual([
      { action: 'partnership.activated', entity: 'Harbour', actor: 'user Ada of Acme' },
      { action: 'partner-user.authorized', entity: 'Charles of Harbour', actor: byHarbour },
      { action: 'partnership.ceiling-changed', entity: 'Harbour', actor: 'user Ada of Acme' },
      { action: 'partner-user.changed', entity: 'Charles of Harbour', actor: 'service tenancy' },
      { action: 'partner-user.revoked', entity: 'Charles of Harbour', actor: byHarbour },
      { action: 'partnership.revoked', entity: 'Harbour', actor: 'user Ada of Acme' },
    ]);
  });

  it('say what the ceiling was and is, and what it cut', async () => {
    await audit.keep(...life());
    for (const accountId of [harbour, acme]) {
      const changed = (await audit.trail(accountId)).filter(({ action }) => /chang/.test(action));
      expect(changed.map((entry) => entry.changes)).toEqual([changes, changes]);
    }
  });

  it('keep nothing of the other side but its name and the partner’s users', async () => {
    await audit.keep(...life());
    const [ofHarbour, ofAcme] = [await rowsOf(harbour), await rowsOf(acme)];
    for (const said of [ada, 'Ada of Acme']) expect(ofHarbour).not.toContain(said);
    for (const said of [grace, 'Grace of Harbour', 'Acme, we hope']) expect(ofAcme).not.toContain(said);
    expect(ofAcme).toContain(charles.name);
  });

  it('can be searched for what the other company did, and for one partnership', async () => {
    await audit.keep(...life());
    const byHarbour = await audit.trail(acme, { actor: `account:${harbour}` });
    expect(byHarbour.map(({ action }) => action)).toEqual(['partner-user.revoked', 'partner-user.authorized']);
    expect(await audit.trail(acme, { entity: `partnership:${partnershipId}` })).toHaveLength(3);
    expect(await audit.trail(acme, { action: 'partner-user' })).toHaveLength(3);
  });

  it('are read by their managers too', async () => {
    await audit.keep(...life());
    const grants = [{ scope: { type: 'account' as const, id: acme }, role: 'manager' as const }];
    expect((await audit.page(anyCaller({ accountId: acme, grants }))).items).toHaveLength(6);
  });
});

describe('The other company', () => {
  it('is called what the latest event of any of its partnerships calls it', async () => {
    const [old, young] = [partnershipId, uuidv7()];
    const told = (id: string, sequence: number, name: string, time: string) => {
      const data = { ...sideOf('client'), counterpart: { id: harbour, name }, permissions, changes: [] };
      const place = { accountId: acme, actor: `account:${harbour}`, id };
      return makeEvent(partnershipActivated, { ...place, sequence, time, data });
    };
    await audit.keep(
      told(young, 3, 'Harbour & Daughters', '2026-03-02T12:00:00.000Z'),
      told(old, 9, 'Harbour', '2026-03-01T12:00:00.000Z'),
    );
    expect((await audit.trail(acme)).map(({ actor }) => actor.name)).toEqual(
      Array.from({ length: 2 }, () => 'Harbour & Daughters'),
    );
  });

  it('has the name that the provider gave it until it takes up the token, and none when it has none', async () => {
    const place = { ...placeOf('provider', 'provider'), actor: 'service:tenancy' };
    const data = { side: 'provider' as const, accountName: 'Harbour', clientName: 'Acme, we hope' };
    await audit.keep(
      makeEvent(partnershipLapsed, { ...place, data }),
      makeEvent(partnershipDeleted, { ...place, id: uuidv7(), data: { side: 'provider', accountName: 'Harbour' } }),
    );
    const [deleted, lapsed] = await audit.trail(harbour);
    expect(lapsed?.entity.name).toBe('Acme, we hope');
    expect(deleted?.entity).toEqual({ type: 'partnership', id: deleted?.entity.id });
  });

  it('keeps its trail when this one’s is dropped', async () => {
    await audit.keep(...life());
    await audit.tell(makeEvent(accountPurged, { accountId: acme, id: acme, data: { name: 'Acme' } }));
    const dropped = await waitUntil(async () => (await rowsOf(acme)) === '' || undefined, { timeoutMs: 10_000 });
    expect(dropped).toBe(true);
    expect(await shown(harbour)).toHaveLength(7);
  });
});
