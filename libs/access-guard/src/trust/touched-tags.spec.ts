import { describe, expect, it } from '@jest/globals';
import { makeAccessEvent } from '@valetkey/access-events/testing';
import {
  accountUpdated,
  loginTokenDeleted,
  membershipGranted,
  permissionCatalogueChanged,
  sessionEnded,
  userRegistered,
} from '@valetkey/contracts';
import { touchedTags } from './touched-tags.ts';

const [accountid, subject] = ['0197c7a2-0000-7000-8000-000000000001', '0197c7a2-0000-7000-8000-000000000002'];

describe('An event touches', () => {
  it('its session, and none of the account’s others', () => {
    const data = { kind: 'portal', subject: { type: 'user', id: 'ada' }, reason: 'signed-out' } as const;
    expect(touchedTags(makeAccessEvent(sessionEnded, { subject, accountid, data }))).toEqual([`session:${subject}`]);
  });

  it('its login token', () => {
    const event = makeAccessEvent(loginTokenDeleted, { subject, accountid, data: { name: 'Service visit' } });
    expect(touchedTags(event)).toEqual([`login-token:${subject}`]);
  });

  it('its user', () => {
    expect(touchedTags(makeAccessEvent(userRegistered, { subject, data: { name: 'Ada' } }))).toEqual([
      `user:${subject}`,
    ]);
  });

  it.each([
    makeAccessEvent(accountUpdated, {
      subject: accountid,
      accountid,
      data: { name: 'Acme', changes: [], tokenSessionLimit: null },
    }),
    makeAccessEvent(membershipGranted, {
      subject,
      accountid,
      data: {
        userId: subject,
        scope: { type: 'account', id: accountid },
        role: 'owner',
        scopeName: 'Acme',
        accountName: 'Acme',
        changes: [],
      },
    }),
  ])('all that stands in the account, by $type', (event) => {
    expect(touchedTags(event)).toContain(`account:${accountid}`);
  });

  it('every answer with permissions, when their catalogue changes', () => {
    const event = makeAccessEvent(permissionCatalogueChanged, { subject, data: { changes: [] } });
    expect(touchedTags(event)).toContain('permission-catalogue');
  });
});
