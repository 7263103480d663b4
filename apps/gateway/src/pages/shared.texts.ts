import type { Locale } from '@valetkey/contracts';

/** What the pages that mail links to have in common. */
export const sharedTexts: Record<
  Locale,
  { withoutScript: string; said: Record<'incomplete' | 'tooMany' | 'aWhile' | 'failed', string> }
> = {
  en: {
    withoutScript: 'This page needs JavaScript, since only it can read the link without telling anybody.',
    said: {
      incomplete: 'The link is incomplete. Please open it from the mail once more.',
      tooMany: 'Too many tries. Please wait {wait}.',
      aWhile: 'a few minutes',
      failed: 'That did not work, and it is not your fault. Please try again in a moment.',
    },
  },
  pt: {
    withoutScript: 'Esta página precisa de JavaScript, pois só ele lê o link sem contá-lo a ninguém.',
    said: {
      incomplete: 'O link está incompleto. Abra-o novamente a partir do e-mail.',
      tooMany: 'Tentativas demais. Aguarde {wait}.',
      aWhile: 'alguns minutos',
      failed: 'Não funcionou, e a culpa não é sua. Tente novamente em instantes.',
    },
  },
};
