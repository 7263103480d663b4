import { CreateTokens } from './001-create-tokens.ts';
import { AddForwardedSessions } from './002-add-forwarded-sessions.ts';
import { AddPortalPolicies } from './003-add-portal-policies.ts';
import { AddAccessKeys } from './004-add-access-keys.ts';
import { AddAccessLinks } from './005-add-access-links.ts';

/** In the order in which they run; names never change. */
export const migrations = [
  { name: '001-create-tokens', class: CreateTokens },
  { name: '002-add-forwarded-sessions', class: AddForwardedSessions },
  { name: '003-add-portal-policies', class: AddPortalPolicies },
  { name: '004-add-access-keys', class: AddAccessKeys },
  { name: '005-add-access-links', class: AddAccessLinks },
];
