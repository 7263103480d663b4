import type { Locale } from '@valetkey/contracts';
import type { MailPageTexts } from './mail-page.ts';
import { sharedTexts } from './shared.texts.ts';

interface ResetTexts extends MailPageTexts {
  explanation: string;
  password: string;
  again: string;
  button: string;
}

export const resetTexts: Record<Locale, ResetTexts> = {
  en: {
    ...sharedTexts.en,
    title: 'Choose a new password',
    explanation:
      '12 characters or more; a few words that do not belong together are good. Every session of yours will end.',
    password: 'New password',
    again: 'The same once more',
    button: 'Change the password',
    said: {
      ...sharedTexts.en.said,
      busy: 'Changing …',
      changed: 'Your password is changed. Sign in with it.',
      different: 'The two are not the same. Please type the second one again.',
      guessable_password: 'This password is too easy to guess.',
      malformed: 'A password has 12 to 128 characters.',
      invalid:
        'This link is not valid any more: it was used, or it is older than an hour. Have a new one mailed to you.',
    },
  },
  pt: {
    ...sharedTexts.pt,
    title: 'Escolha uma nova senha',
    explanation:
      '12 caracteres ou mais; algumas palavras sem relação entre si são boas. Todas as suas sessões serão encerradas.',
    password: 'Nova senha',
    again: 'A mesma senha novamente',
    button: 'Trocar a senha',
    said: {
      ...sharedTexts.pt.said,
      busy: 'Trocando …',
      changed: 'A sua senha foi trocada. Entre com ela.',
      different: 'As duas não são iguais. Digite a segunda novamente.',
      guessable_password: 'Esta senha é fácil de adivinhar.',
      malformed: 'Uma senha tem de 12 a 128 caracteres.',
      invalid: 'Este link não vale mais: já foi usado ou tem mais de uma hora. Peça um novo por e-mail.',
    },
  },
};
