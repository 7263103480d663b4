import type { Locale, MailContent } from '@valetkey/contracts';
import type { Letter, Wording } from './letter.ts';
import { linkIn } from './link-in.ts';

type Content = Extract<MailContent, { template: 'verification' }>;

const wordings: Record<Locale, Wording & { label: string }> = {
  en: {
    subject: 'Confirm your e-mail address',
    body: [
      'Somebody signed up for Valetkey with this e-mail address.',
      'If it was you, confirm it within 24 hours. You will be asked for the password that you chose.',
    ],
    label: 'Confirm this address',
    notes: ['If it was not you, do nothing: without being confirmed, the sign-up comes to nothing.'],
  },
  pt: {
    subject: 'Confirme o seu endereço de e-mail',
    body: [
      'Alguém se cadastrou no Valetkey com este endereço de e-mail.',
      'Se foi você, confirme-o em até 24 horas. Será pedida a senha que você escolheu.',
    ],
    label: 'Confirmar este endereço',
    notes: ['Se não foi você, não faça nada: sem confirmação, o cadastro fica sem efeito.'],
  },
};

export function verificationLetter({ locale, secret }: Content, publicUrl: string): Letter {
  const { label, ...wording } = wordings[locale];
  return { locale, ...wording, action: { label, url: linkIn(publicUrl, 'verification', secret) } };
}
