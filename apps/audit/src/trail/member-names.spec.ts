import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { invitationAccepted, invitationCreated, membershipGranted, membershipRemoved } from '@valetkey/contracts';
import { v7 as uuidv7 } from 'uuid';
import { AuditService } from '../../test/audit-service.ts';
import { makeEvent } from '../../test/make-event.ts';

const [ada, bo] = [uuidv7(), uuidv7()];
const names: Record<string, string> = { [ada]: 'Ada', [bo]: 'Bo' };
let asked: string[][];
let audit: AuditService;
let accountId: string;

beforeAll(async () => {
  audit = await AuditService.start(({ userIds }) => {
    asked.push(userIds.toSorted());
    return { names: Object.fromEntries(userIds.flatMap((id) => (names[id] ? [[id, names[id]]] : []))) };
  });
});

beforeEach(() => {
  asked = [];
  accountId = uuidv7();
});

afterAll(() => audit.stop());

const place = () => {
  const scope = { type: 'account' as const, id: accountId };
  return { scope, role: 'viewer' as const, scopeName: 'Acme', accountName: 'Acme' };
};

it('Memberships, and invitations once accepted, have the present names of their users, asked with all others', async () => {
  const [byAda, byBo] = [`user:${ada}`, `user:${bo}`];
  const accepted = { ...place(), membershipId: uuidv7(), userId: bo, invitedBy: { id: ada } };
  const granted = { ...place(), userId: bo, changes: [{ field: 'role', to: 'viewer' }] };
  const removed = { ...place(), userId: bo, changes: [{ field: 'role', from: 'viewer' }], lastInAccount: true };
  const [first, second, third, last] = await audit.keep(
    makeEvent(invitationCreated, { accountId, actor: byAda, data: place() }),
    makeEvent(invitationAccepted, { accountId, actor: byBo, data: accepted }),
    makeEvent(membershipGranted, { accountId, actor: byBo, data: granted }),
    makeEvent(membershipRemoved, { accountId, actor: byAda, data: removed }),
  );
  const shown = (await audit.trail(accountId)).map(({ entity, changes }) => ({ entity, changes }));
  expect(shown).toEqual([
    { entity: { type: 'membership', id: last?.subject, name: 'Bo' }, changes: removed.changes },
    { entity: { type: 'membership', id: third?.subject, name: 'Bo' }, changes: granted.changes },
    { entity: { type: 'invitation', id: second?.subject, name: 'Bo' }, changes: [] },
    { entity: { type: 'invitation', id: first?.subject }, changes: [] },
  ]);
  expect(asked).toEqual([[ada, bo].toSorted()]);
});

it('The membership of a user who is gone has no name', async () => {
  const data = { ...place(), userId: uuidv7(), changes: [] };
  const [event] = await audit.keep(makeEvent(membershipGranted, { accountId, data }));
  const [entry] = await audit.trail(accountId);
  expect(entry?.entity).toEqual({ type: 'membership', id: event?.subject });
});
