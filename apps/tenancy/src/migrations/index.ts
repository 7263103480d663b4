import { CreateTenancy } from './001-create-tenancy.ts';
import { AddInvitations } from './002-add-invitations.ts';
import { AddAccountLife } from './003-add-account-life.ts';
import { AddSearchOfGroups } from './004-add-search-of-groups.ts';
import { AddLastAccounts } from './005-add-last-accounts.ts';
import { AddRowsWithinGroups } from './006-add-rows-within-groups.ts';
import { AddPartnerships } from './007-add-partnerships.ts';

/** In the order in which they run; names never change. */
export const migrations = [
  { name: '001-create-tenancy', class: CreateTenancy },
  { name: '002-add-invitations', class: AddInvitations },
  { name: '003-add-account-life', class: AddAccountLife },
  { name: '004-add-search-of-groups', class: AddSearchOfGroups },
  { name: '005-add-last-accounts', class: AddLastAccounts },
  { name: '006-add-rows-within-groups', class: AddRowsWithinGroups },
  { name: '007-add-partnerships', class: AddPartnerships },
];
