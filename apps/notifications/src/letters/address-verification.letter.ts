import type { Locale, MailContent } from '@valetkey/contracts';
import type { Letter, Wording } from './letter.ts';
import { linkIn } from './link-in.ts';

type Content = Extract<MailContent, { template: 'address-verification' }>;

const wordings: Record<Locale, Wording & { label: string }> = {
  en: {
    subject: 'Confirm your additional e-mail address',
    body: [
      'Somebody added this e-mail address to their Valetkey user.',
      'If it was you, confirm it within 24 hours. Until then it is not used for anything.',
    ],
    label: 'Confirm this address',
    notes: ['If it was not you, do nothing: without being confirmed, the address belongs to nobody.'],
  },
  pt: {
    subject: 'Confirme o seu endereço de e-mail adicional',
    body: [
      'Alguém adicionou este endereço de e-mail ao seu usuário no Valetkey.',
      'Se foi você, confirme-o em até 24 horas. Até lá, ele não será usado para nada.',
    ],
    label: 'Confirmar este endereço',
    notes: ['Se não foi você, não faça nada: sem confirmação, o endereço não fica com ninguém.'],
  },
};

export function addressVerificationLetter({ locale, secret }: Content, publicUrl: string): Letter {
  const { label, ...wording } = wordings[locale];
  return { locale, ...wording, action: { label, url: linkIn(publicUrl, 'verification?added', secret) } };
}
