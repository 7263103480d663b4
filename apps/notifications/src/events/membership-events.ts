import { on } from '@valetkey/access-events';
import {
  invitationAccepted,
  membershipChanged,
  membershipGranted,
  membershipRemoved,
  Role,
  type Scope,
} from '@valetkey/contracts';
import { invitationAcceptedNotice } from '../notices/invitations/invitation-accepted.notice.ts';
import { membershipChangedNotice } from '../notices/memberships/membership-changed.notice.ts';
import { membershipGrantedNotice } from '../notices/memberships/membership-granted.notice.ts';
import { membershipRemovedNotice } from '../notices/memberships/membership-removed.notice.ts';
import type { Place } from '../wording/place-name.ts';
import type { Occasion } from './occasion.ts';

/** What others do to a user's memberships is told the user; what became of an invitation, whoever made it. */
export const membershipEvents = [
  on(membershipGranted, async ({ data }, occasion: Occasion) => {
    if (!occasion.byAnotherThan(data.userId)) return;
    const { userId, role } = data;
    occasion.tell(userId, membershipGrantedNotice, { place: placeOf(data), by: await occasion.by(), role });
  }),
  on(membershipChanged, async ({ data }, occasion: Occasion) => {
    const role = data.changes.find(({ field }) => field === 'role');
    if (!role || !occasion.byAnotherThan(data.userId)) return;
    const facts = {
      place: placeOf(data),
      by: await occasion.by(),
      from: Role.parse(role.from),
      to: Role.parse(role.to),
    };
    occasion.tell(data.userId, membershipChangedNotice, facts);
  }),
  on(membershipRemoved, async ({ data }, occasion: Occasion) => {
    const { userId, role, lastInAccount } = data;
    if (!occasion.byAnotherThan(userId)) return;
    const facts = { place: placeOf(data), by: await occasion.by(), role, lastInAccount };
    occasion.tell(userId, membershipRemovedNotice, facts);
  }),
  on(invitationAccepted, async ({ data }, occasion: Occasion) => {
    const { userId, invitedBy, role } = data;
    const facts = { place: placeOf(data), by: await occasion.nameOf(userId), role };
    occasion.tell(invitedBy.id, invitationAcceptedNotice, facts);
  }),
];

function placeOf({ scope, scopeName, accountName }: { scope: Scope; scopeName: string; accountName: string }): Place {
  return { scopeType: scope.type, scopeName, accountName };
}
