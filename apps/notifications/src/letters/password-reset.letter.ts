import type { Locale, MailContent } from '@valetkey/contracts';
import type { Letter, Wording } from './letter.ts';
import { linkIn } from './link-in.ts';

type Content = Extract<MailContent, { template: 'password-reset' }>;

const wordings: Record<Locale, (name: string) => Wording & { label: string }> = {
  en: (name) => ({
    subject: 'Reset your password',
    body: [
      `Hello ${name},`,
      'Somebody, perhaps you, asked for a new password for your Valetkey user. Choose it within one hour; the link works once.',
      'All your sessions end with it. If you use two-factor authentication, it stays on.',
    ],
    label: 'Choose a new password',
    notes: ['If it was not you, do nothing: your password stays as it is.'],
  }),
  pt: (name) => ({
    subject: 'Redefina a sua senha',
    body: [
      `Olá, ${name}!`,
      'Alguém, talvez você, pediu uma nova senha para o seu usuário no Valetkey. Escolha-a em até uma hora; o link funciona uma única vez.',
      'Todas as suas sessões serão encerradas. Se você usa a autenticação em dois fatores, ela continua ativada.',
    ],
    label: 'Escolher uma nova senha',
    notes: ['Se não foi você, não faça nada: a sua senha continua a mesma.'],
  }),
};

export function passwordResetLetter({ locale, name, secret }: Content, publicUrl: string): Letter {
  const { label, ...wording } = wordings[locale](name);
  return { locale, ...wording, action: { label, url: linkIn(publicUrl, 'reset', secret) } };
}
