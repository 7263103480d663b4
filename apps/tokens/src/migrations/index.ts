import { CreateTokens } from './001-create-tokens.ts';
import { AddForwardedSessions } from './002-add-forwarded-sessions.ts';

/** In the order in which they run; names never change. */
export const migrations = [
  { name: '001-create-tokens', class: CreateTokens },
  { name: '002-add-forwarded-sessions', class: AddForwardedSessions },
];
