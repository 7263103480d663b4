import { accessLinkEdited } from '@valetkey/contracts';
import type { Transaction } from '@valetkey/outbox';
import { endSessions } from '../sessions/end-sessions.ts';
import type { AccessLink } from './access-link.entity.ts';
import { type Edit, editAccessLink } from './edit-access-link.ts';
import { newLinkSecret } from './new-link-secret.ts';

/** Edits a link that the transaction has locked, and ends what its old secret opened. Answers the new one, for its mail. */
export async function reissueAccessLink(tx: Transaction, link: AccessLink, edit: Edit): Promise<string> {
  const { secret, ...kept } = newLinkSecret(tx.now);
  const changes = editAccessLink(link, edit, { kept, now: tx.now });
  await tx.em.flush();
  const { id, accountId, version: sequence, userId, userName, waiveTwoFactor, editedById: editorId } = link;
  const data = { user: { id: userId, name: userName }, changes, waiveTwoFactor, editorId };
  tx.emit(accessLinkEdited, { id, accountId, sequence, data });
  await endSessions(tx, { where: 'access_link_id = $1', values: [id], reason: 'link-edited', covered: true });
  return secret;
}
