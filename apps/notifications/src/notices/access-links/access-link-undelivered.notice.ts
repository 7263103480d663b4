import { type Locale, MailFailure } from '@valetkey/contracts';
import { z } from 'zod';
import { defineNotice } from '../define-notice.ts';

/** Why a mail did not arrive, of those failures that are told. */
const Reason = MailFailure.exclude(['not-wanted']);
type Reason = z.infer<typeof Reason>;

const reasons: Record<Locale, Record<Reason, string>> = {
  en: {
    refused: 'The mail server does not take mail to the address.',
    expired: 'The mail server did not take it in time.',
    unreadable: 'The platform could not read it.',
  },
  pt: {
    refused: 'O servidor de e-mail não aceita mensagens para o endereço.',
    expired: 'O servidor de e-mail não o aceitou a tempo.',
    unreadable: 'A plataforma não conseguiu lê-lo.',
  },
};

/** To the link's last editor. */
export const accessLinkUndeliveredNotice = defineNotice({
  template: 'access-link-undelivered',
  kind: 'access_links',
  facts: z.strictObject({ accountName: z.string(), userName: z.string(), reason: Reason }),
  wordings: {
    en: ({ accountName, userName, reason }) => ({
      subject: `The access link for ${userName} was not delivered`,
      happened: `The mail with the access link that you made for ${userName} in ${accountName} was not delivered. ${reasons.en[reason]}`,
      advice: ['Check the address with them, then edit the link or choose another address: that mails a new link.'],
    }),
    pt: ({ accountName, userName, reason }) => ({
      subject: `O link de acesso para ${userName} não foi entregue`,
      happened: `O e-mail com o link de acesso que você criou para ${userName} em ${accountName} não foi entregue. ${reasons.pt[reason]}`,
      advice: ['Confira o endereço, depois edite o link ou escolha outro endereço: isso envia um novo link.'],
    }),
  },
});
