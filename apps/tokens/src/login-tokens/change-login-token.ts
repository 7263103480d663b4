import { isDeepStrictEqual } from 'node:util';
import type { Changes, InputOf, updateLoginToken } from '@valetkey/contracts';
import type { LoginToken } from './login-token.entity.ts';

type Wanted = Pick<
  InputOf<typeof updateLoginToken>,
  'name' | 'role' | 'scope' | 'expiresAt' | 'allowedCidrs' | 'maxSessions'
>;

/** Sets what was given and differs; says what changed. */
export function changeLoginToken(token: LoginToken, wanted: Wanted): Changes {
  const changes: Changes = [];
  const change = <T>(field: string, from: T, to: T | undefined, set: (value: T) => void) => {
    if (to === undefined || isDeepStrictEqual(from, to)) return;
    changes.push({ field, from, to });
    set(to);
  };
  change('name', token.name, wanted.name, (value) => (token.name = value));
  change('role', token.role, wanted.role, (value) => (token.role = value));
  change('scope', { type: token.scopeType, id: token.scopeId }, wanted.scope, ({ type, id }) => {
    token.scopeType = type;
    token.scopeId = id;
  });
  change('expiresAt', token.expiresAt ?? null, wanted.expiresAt, (value) => (token.expiresAt = value));
  change('allowedCidrs', token.allowedCidrs, wanted.allowedCidrs, (value) => (token.allowedCidrs = value));
  change('maxSessions', token.maxSessions ?? null, wanted.maxSessions, (value) => (token.maxSessions = value));
  return changes;
}
