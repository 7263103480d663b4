import type { Locale } from '@valetkey/contracts';
import type { MailPageTexts } from './mail-page.ts';
import { sharedTexts } from './shared.texts.ts';

interface InvitationTexts extends MailPageTexts {
  email: string;
  password: string;
  name: string;
  newPassword: string;
  hint: string;
  code: string;
  buttons: Record<'enter' | 'another' | 'code' | 'join', string>;
}

export const invitationTexts: Record<Locale, InvitationTexts> = {
  en: {
    ...sharedTexts.en,
    title: 'You are invited',
    email: 'E\u2011mail address',
    password: 'Password',
    name: 'Your name',
    newPassword: 'A password of your choice',
    hint: '12 characters or more; a few words that do not belong together are good.',
    code: 'Code of your authenticator, or a recovery code',
    buttons: { enter: 'Sign in and accept', another: 'As somebody else', code: 'Go on', join: 'Accept the invitation' },
    said: {
      ...sharedTexts.en.said,
      invitation: '{by} invites you to {account}, as {role} {at}. The invitation is good until {until}.',
      wholeAccount: 'of the whole account',
      scope: 'of {scope}',
      'role-owner': 'owner',
      'role-manager': 'manager',
      'role-viewer': 'viewer',
      'role-supporter': 'supporter',
      acceptAs: 'Accept as {name}',
      busy: 'One moment …',
      joined: 'You are a member of {account} now.',
      joinedOnly: 'You are a member now. Sign in with your new password.',
      already_member: 'You have this role already: there is nothing to accept.',
      own_role: 'You made this invitation yourself: nobody accepts their own.',
      invitation_for_another: 'The invitation is for another address. Sign in with the one that it was sent to.',
      invalid_credentials: 'That is not the password of this address. Please try again.',
      wrong_code: 'This code is not right, or was used before. Please try the next one.',
      tooLate: 'That took too long. Please sign in once more.',
      guessable_password: 'This password is too easy to guess.',
      malformed: 'A name is needed, and a password of 12 to 128 characters.',
      invalid: 'This invitation is not valid any more: it was accepted or withdrawn, or it is older than seven days.',
    },
  },
  pt: {
    ...sharedTexts.pt,
    title: 'Você recebeu um convite',
    email: 'Endereço de e\u2011mail',
    password: 'Senha',
    name: 'O seu nome',
    newPassword: 'Uma senha à sua escolha',
    hint: '12 caracteres ou mais; algumas palavras sem relação entre si são boas.',
    code: 'Código do seu autenticador, ou um código de recuperação',
    buttons: { enter: 'Entrar e aceitar', another: 'Como outra pessoa', code: 'Continuar', join: 'Aceitar o convite' },
    said: {
      ...sharedTexts.pt.said,
      invitation: '{by} convida você para {account}, com o papel de {role} {at}. O convite vale até {until}.',
      wholeAccount: 'em toda a conta',
      scope: 'em {scope}',
      'role-owner': 'proprietário',
      'role-manager': 'gerente',
      'role-viewer': 'leitor',
      'role-supporter': 'suporte',
      acceptAs: 'Aceitar como {name}',
      busy: 'Um momento …',
      joined: 'Agora você é membro de {account}.',
      joinedOnly: 'Agora você é membro. Entre com a sua nova senha.',
      already_member: 'Você já tem este papel: não há nada a aceitar.',
      own_role: 'Foi você quem fez este convite: ninguém aceita o próprio.',
      invitation_for_another: 'O convite é para outro endereço. Entre com aquele para o qual ele foi enviado.',
      invalid_credentials: 'Esta não é a senha deste endereço. Tente novamente.',
      wrong_code: 'Este código não está certo ou já foi usado. Tente o próximo.',
      tooLate: 'Demorou demais. Entre novamente.',
      guessable_password: 'Esta senha é fácil de adivinhar.',
      malformed: 'É preciso um nome e uma senha de 12 a 128 caracteres.',
      invalid: 'Este convite não vale mais: foi aceito ou retirado, ou tem mais de sete dias.',
    },
  },
};
