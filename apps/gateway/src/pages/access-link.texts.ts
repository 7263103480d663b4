import type { Locale } from '@valetkey/contracts';
import type { MailPageTexts } from './mail-page.ts';
import { sharedTexts } from './shared.texts.ts';

interface AccessLinkTexts extends MailPageTexts {
  password: string;
  code: string;
  /** What a code is made of, said to whoever types something else. */
  digits: string;
  recoveryCode: string;
  buttons: Record<'enter' | 'again', string>;
}

export const accessLinkTexts: Record<Locale, AccessLinkTexts> = {
  en: {
    ...sharedTexts.en,
    title: 'Your access link',
    password: 'Password of the link',
    code: 'Code of your authenticator',
    digits: 'Six digits',
    recoveryCode: 'Recovery code',
    buttons: { enter: 'Go in', again: 'Try again' },
    said: {
      ...sharedTexts.en.said,
      offer:
        '{by} sent you this link to {account}. It lets you in without your own password, and is good until {until}.',
      byRecoveryCode: 'Use a recovery code instead',
      byCode: 'Use the authenticator instead',
      busy: 'One moment …',
      entered: 'You are signed in to {account} now.',
      password_required: 'This link has a password. Whoever sent it can tell you.',
      wrong_password: 'That is not the password of this link. Whoever sent it can tell you.',
      code_required: 'You have two-factor authentication on. Please type a code of your authenticator.',
      wrong_code: 'This code is not right, or was used before. Please try the next one.',
      invalid: 'This link is not valid any more, or not at the moment. Ask whoever sent it for a new one.',
    },
  },
  pt: {
    ...sharedTexts.pt,
    title: 'O seu link de acesso',
    password: 'Senha do link',
    code: 'Código do seu autenticador',
    digits: 'Seis dígitos',
    recoveryCode: 'Código de recuperação',
    buttons: { enter: 'Entrar', again: 'Tentar novamente' },
    said: {
      ...sharedTexts.pt.said,
      offer: '{by} enviou a você este link para {account}. Com ele você entra sem a sua própria senha, até {until}.',
      byRecoveryCode: 'Usar um código de recuperação',
      byCode: 'Usar o autenticador',
      busy: 'Um momento …',
      entered: 'Agora você está em {account}.',
      password_required: 'Este link tem uma senha. Quem o enviou pode informá-la.',
      wrong_password: 'Esta não é a senha do link. Quem o enviou pode informá-la.',
      code_required: 'Você usa a autenticação em dois fatores. Digite um código do seu autenticador.',
      wrong_code: 'Este código não está certo ou já foi usado. Tente o próximo.',
      invalid: 'Este link não vale mais, ou não vale no momento. Peça um novo a quem o enviou.',
    },
  },
};
