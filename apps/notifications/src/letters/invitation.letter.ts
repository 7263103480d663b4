import type { Locale, MailContent } from '@valetkey/contracts';
import { formatTime } from '../wording/format-time.ts';
import { roleNames } from '../wording/role-names.ts';
import type { Letter, Wording } from './letter.ts';
import { linkIn } from './link-in.ts';

type Content = Extract<MailContent, { template: 'invitation' }>;

const wordings: Record<Locale, (content: Content) => Wording & { label: string }> = {
  en: ({ inviterName, accountName, scopeName, role, expiresAt }) => ({
    subject: `${inviterName} invites you to ${accountName}`,
    body: [
      `${inviterName} invites you to join ${scopeName ? `${scopeName} (${accountName})` : accountName} on Valetkey, as ${roleNames.en[role]}.`,
      'Accept the invitation with the Valetkey user that has this e-mail address already, or with a new one.',
    ],
    label: 'See the invitation',
    notes: [
      `The invitation is good until ${formatTime(expiresAt, 'en')}.`,
      'If you do not know who this is, do nothing: without being accepted, the invitation lapses.',
    ],
  }),
  pt: ({ inviterName, accountName, scopeName, role, expiresAt }) => ({
    subject: `${inviterName} convida você para ${accountName}`,
    body: [
      `${inviterName} convida você a participar de ${scopeName ? `${scopeName} (${accountName})` : accountName} no Valetkey, com o papel de ${roleNames.pt[role]}.`,
      'Aceite o convite com o usuário do Valetkey que já tem este endereço de e-mail ou com um novo.',
    ],
    label: 'Ver o convite',
    notes: [
      `O convite vale até ${formatTime(expiresAt, 'pt')}.`,
      'Se você não conhece quem o enviou, não faça nada: sem ser aceito, o convite perde a validade.',
    ],
  }),
};

export function invitationLetter(content: Content, publicUrl: string): Letter {
  const { locale, secret } = content;
  const { label, ...wording } = wordings[locale](content);
  return { locale, ...wording, action: { label, url: linkIn(publicUrl, 'invitation', secret) } };
}
