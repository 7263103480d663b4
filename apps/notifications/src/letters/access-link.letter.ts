import type { Locale, MailContent } from '@valetkey/contracts';
import { formatTime } from '../wording/format-time.ts';
import type { Letter, Wording } from './letter.ts';
import { linkIn } from './link-in.ts';

type Content = Extract<MailContent, { template: 'access-link' }>;

/** What the page asks for; the password itself never stands in a mail. */
const demands: Record<Locale, Record<'password' | 'code' | 'both', string>> = {
  en: {
    password: 'You will be asked for a password, which you are told in another way than by e-mail.',
    code: 'You will be asked for the code that your authenticator app shows, or for a recovery code.',
    both: 'You will be asked for a password, which you are told in another way than by e-mail, and for the code that your authenticator app shows, or for a recovery code.',
  },
  pt: {
    password: 'Será pedida uma senha, que você recebe por outro meio que não o e-mail.',
    code: 'Será pedido o código que o seu aplicativo autenticador mostra ou um código de recuperação.',
    both: 'Serão pedidos uma senha, que você recebe por outro meio que não o e-mail, e o código que o seu aplicativo autenticador mostra ou um código de recuperação.',
  },
};

const wordings: Record<Locale, (content: Content) => Wording & { label: string }> = {
  en: ({ byName, accountName, expiresAt }) => ({
    subject: `${byName} sent you a link to ${accountName}`,
    body: [`${byName} sent you a link that lets you into ${accountName} on Valetkey, without signing in as usual.`],
    label: 'Open the access link',
    notes: [
      `The link is good until ${formatTime(expiresAt, 'en')}, and for you alone: do not pass this mail on.`,
      `If you did not expect it, do not open it, and ask those who look after ${accountName}.`,
    ],
  }),
  pt: ({ byName, accountName, expiresAt }) => ({
    subject: `${byName} enviou a você um link para ${accountName}`,
    body: [
      `${byName} enviou a você um link que dá acesso a ${accountName} no Valetkey, sem precisar entrar como de costume.`,
    ],
    label: 'Abrir o link de acesso',
    notes: [
      `O link vale até ${formatTime(expiresAt, 'pt')} e só para você: não encaminhe este e-mail.`,
      `Se você não o esperava, não o abra e fale com quem cuida de ${accountName}.`,
    ],
  }),
};

/** Says whose account it opens, who sent it and until when. */
export function accessLinkLetter(content: Content, publicUrl: string): Letter {
  const { locale, secret } = content;
  const { label, body, ...wording } = wordings[locale](content);
  const action = { label, url: linkIn(publicUrl, 'access-link', secret) };
  return { locale, ...wording, body: [...body, ...demandsOf(content)], action };
}

function demandsOf({ locale, hasPassword, needsCode }: Content): string[] {
  if (hasPassword && needsCode) return [demands[locale].both];
  if (hasPassword) return [demands[locale].password];
  return needsCode ? [demands[locale].code] : [];
}
