import { cursorOf } from '@valetkey/contracts';
import type { List, Places } from './places.ts';

/** What to ask for in an account of any size. */
export type Page = (places: Places) => string;

const first =
  (list: string): Page =>
  () =>
    list;

const after =
  (list: List, place: 'middle' | 'last'): Page =>
  (places) =>
    `${list}?cursor=${cursorOf(places[list][place])}`;

/** Where pages are full in the smallest account, too. */
const everybodys: Record<string, Page> = {
  members: first('members'),
  membersMiddle: after('members', 'middle'),
  membersLast: after('members', 'last'),
  membersOfRole: first('members?role=manager'),
  membersOfLevel: first('members?scopeType=group'),
  membersOfLevelAndRole: first('members?scopeType=organization&role=manager'),
  organizations: first('organizations'),
  organizationsMiddle: after('organizations', 'middle'),
  organizationsLast: after('organizations', 'last'),
  invitations: first('invitations'),
  invitationsMiddle: after('invitations', 'middle'),
  invitationsLast: after('invitations', 'last'),
  invitationsPending: first('invitations?status=pending'),
  invitationsCanceled: first('invitations?status=canceled'),
};

export const pages = {
  owner: { ...everybodys, membersOfAccountRole: first('members?role=supporter') },
  groupManager: everybodys,
};
