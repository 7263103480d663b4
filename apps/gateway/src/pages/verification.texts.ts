import type { Locale } from '@valetkey/contracts';
import type { MailPageTexts } from './mail-page.ts';
import { sharedTexts } from './shared.texts.ts';

interface VerificationTexts extends MailPageTexts {
  explanation: string;
  password: string;
  button: string;
}

export const verificationTexts: Record<Locale, VerificationTexts> = {
  en: {
    ...sharedTexts.en,
    title: 'Confirm your e\u2011mail address',
    explanation: 'Enter the password that you chose when you signed up. It shows that the sign-up was yours.',
    password: 'Password',
    button: 'Confirm this address',
    said: {
      ...sharedTexts.en.said,
      busy: 'Confirming …',
      confirmed: 'Your address is confirmed. You can sign in now.',
      wrong_password: 'That is not the password of the sign-up. Please try again.',
      invalid:
        'This link is not valid any more: it was used, or it is older than 24 hours. Have a new one mailed to you.',
    },
  },
  pt: {
    ...sharedTexts.pt,
    title: 'Confirme o seu endereço de e\u2011mail',
    explanation: 'Digite a senha que você escolheu ao se cadastrar. Ela mostra que o cadastro foi seu.',
    password: 'Senha',
    button: 'Confirmar este endereço',
    said: {
      ...sharedTexts.pt.said,
      busy: 'Confirmando …',
      confirmed: 'O seu endereço foi confirmado. Você já pode entrar.',
      wrong_password: 'Esta não é a senha do cadastro. Tente novamente.',
      invalid: 'Este link não vale mais: já foi usado ou tem mais de 24 horas. Peça um novo por e-mail.',
    },
  },
};
