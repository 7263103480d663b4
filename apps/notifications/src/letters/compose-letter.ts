import type { QueuedContent } from '../content/queued-content.ts';
import { digestLetter } from '../digests/digest.letter.ts';
import { noticeLetter } from '../notices/notice.letter.ts';
import { accessLinkLetter } from './access-link.letter.ts';
import { addressVerificationLetter } from './address-verification.letter.ts';
import { alreadyRegisteredLetter } from './already-registered.letter.ts';
import { invitationLetter } from './invitation.letter.ts';
import type { Letter } from './letter.ts';
import { passwordResetLetter } from './password-reset.letter.ts';
import { verificationLetter } from './verification.letter.ts';

/** @param publicUrl where links begin. */
export function composeLetter(content: QueuedContent, publicUrl: string): Letter {
  if ('told' in content) return noticeLetter(content, publicUrl);
  switch (content.template) {
    case 'verification':
      return verificationLetter(content, publicUrl);
    case 'already-registered':
      return alreadyRegisteredLetter(content);
    case 'address-verification':
      return addressVerificationLetter(content, publicUrl);
    case 'password-reset':
      return passwordResetLetter(content, publicUrl);
    case 'invitation':
      return invitationLetter(content, publicUrl);
    case 'access-link':
      return accessLinkLetter(content, publicUrl);
    case 'digest':
      return digestLetter(content, publicUrl);
  }
}
