import type { Changes } from '@valetkey/contracts';
import { noteChanges } from '../lent/note-changes.ts';
import type { AccessLink } from './access-link.entity.ts';
import type { Lending } from './judge-lending.ts';
import type { LinkSecret } from './new-link-secret.ts';

/** What is wanted of a link; what is absent stays. */
export interface Edit {
  lending: Lending;
  expiresAt?: Date | undefined;
  passwordHash?: string | null | undefined;
  maxUses?: number | null | undefined;
  waiveTwoFactor?: boolean | undefined;
}

/**
 * Makes a link another in all but its id: with what was given for it and a new secret, of which nothing is used up, in
 * the name of who edits it. Says what changed; of the address and the password without the values.
 */
export function editAccessLink(
  link: AccessLink,
  edit: Edit,
  { kept, now }: { kept: Omit<LinkSecret, 'secret'>; now: Date },
): Changes {
  const changes = change(link, edit);
  const { maker, userName } = edit.lending;
  Object.assign(link, kept, { userName, status: 'live', uses: 0, wrongTries: 0, delivery: 'queued' });
  Object.assign(link, { editedAt: now, editedById: maker.id, editedByName: maker.name });
  link.secretNumber += 1;
  link.version += 1;
  link.revision += 1;
  return changes;
}

function change(link: AccessLink, { lending, passwordHash, ...wanted }: Edit): Changes {
  const named = noteChanges((set) => {
    set('email', link.emailId, lending.emailId, (value) => (link.emailId = value));
    set('password', link.passwordHash ?? null, passwordHash, (value) => (link.passwordHash = value));
  });
  link.email = lending.email;
  // Only an owner waives it, and only an owner lets it stay waived.
  const waive = lending.maker.isOwner && (wanted.waiveTwoFactor ?? link.waiveTwoFactor);
  const shown = noteChanges((set) => {
    set('expiresAt', link.expiresAt, wanted.expiresAt, (value) => (link.expiresAt = value));
    set('maxUses', link.maxUses ?? null, wanted.maxUses, (value) => (link.maxUses = value));
    set('waiveTwoFactor', link.waiveTwoFactor, waive, (value) => (link.waiveTwoFactor = value));
  });
  return [...named.map(({ field }) => ({ field })), ...shown];
}
