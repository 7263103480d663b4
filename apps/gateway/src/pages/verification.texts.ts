import type { Locale } from '@valetkey/contracts';

interface VerificationTexts {
  title: string;
  explanation: string;
  password: string;
  button: string;
  withoutScript: string;
  /** What the page says, by what came to pass. */
  said: Record<'busy' | 'confirmed' | 'wrong-password' | 'invalid' | 'incomplete' | 'too-many' | 'failed', string>;
}

export const verificationTexts: Record<Locale, VerificationTexts> = {
  en: {
    title: 'Confirm your e\u2011mail address',
    explanation: 'Enter the password that you chose when you signed up. It shows that the sign-up was yours.',
    password: 'Password',
    button: 'Confirm this address',
    withoutScript: 'This page needs JavaScript, since only it can read the link without telling anybody.',
    said: {
      busy: 'Confirming …',
      confirmed: 'Your address is confirmed. You can sign in now.',
      'wrong-password': 'That is not the password of the sign-up. Please try again.',
      invalid:
        'This link is not valid any more: it was used, or it is older than 24 hours. Have a new one mailed to you.',
      incomplete: 'The link is incomplete. Please open it from the mail once more.',
      'too-many': 'Too many tries. Please wait a few minutes.',
      failed: 'That did not work, and it is not your fault. Please try again in a moment.',
    },
  },
  pt: {
    title: 'Confirme o seu endereço de e\u2011mail',
    explanation: 'Digite a senha que você escolheu ao se cadastrar. Ela mostra que o cadastro foi seu.',
    password: 'Senha',
    button: 'Confirmar este endereço',
    withoutScript: 'Esta página precisa de JavaScript, pois só ele lê o link sem contá-lo a ninguém.',
    said: {
      busy: 'Confirmando …',
      confirmed: 'O seu endereço foi confirmado. Você já pode entrar.',
      'wrong-password': 'Esta não é a senha do cadastro. Tente novamente.',
      invalid: 'Este link não vale mais: já foi usado ou tem mais de 24 horas. Peça um novo por e-mail.',
      incomplete: 'O link está incompleto. Abra-o novamente a partir do e-mail.',
      'too-many': 'Tentativas demais. Aguarde alguns minutos.',
      failed: 'Não funcionou, e a culpa não é sua. Tente novamente em instantes.',
    },
  },
};
