import type { MailContent } from '@valetkey/contracts';
import { alreadyRegisteredLetter } from './already-registered.letter.ts';
import type { Letter } from './letter.ts';
import { verificationLetter } from './verification.letter.ts';

/** @param publicUrl where links begin. */
export function composeLetter(content: MailContent, publicUrl: string): Letter {
  switch (content.template) {
    case 'verification':
      return verificationLetter(content, publicUrl);
    case 'already-registered':
      return alreadyRegisteredLetter(content);
  }
}
