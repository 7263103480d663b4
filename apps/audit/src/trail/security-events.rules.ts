import type { AccessEvent } from '@valetkey/access-events';
import { partsOfType } from './event-details.ts';

const actions = new Set([
  'email-added',
  'email-verified',
  'email-removed',
  'password-changed',
  'two-factor-enabled',
  'two-factor-disabled',
  'recovery-code-used',
  'recovery-codes-renewed',
  'signed-in-from-new-place',
  'sign-in-blocked',
  'locked',
  'unlocked',
]);

/**
 * Whether an event is about how safely a user signs in. It concerns no account by itself, and each account that the user
 * is a member of.
 */
export function isSecurityEvent(event: AccessEvent): boolean {
  const { entity, action } = partsOfType(event);
  return entity === 'user' && event.accountid === undefined && actions.has(action);
}
