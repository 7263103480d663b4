import { z } from 'zod';
import { defineNotice } from '../define-notice.ts';

/** To the link's last editor. */
export const accessLinkLockedNotice = defineNotice({
  template: 'access-link-locked',
  kind: 'access_links',
  facts: z.strictObject({ accountName: z.string(), userName: z.string() }),
  wordings: {
    en: ({ accountName, userName }) => ({
      subject: `The access link for ${userName} was locked`,
      happened: `The access link that you sent ${userName} for ${accountName} was locked after too many wrong passwords or codes. It lets nobody in any more.`,
      advice: [
        `Ask ${userName} whether it was them. If it was, edit the link: that unlocks it and mails a new one.`,
        'If it was not, delete the link, which also ends the sessions that it opened.',
      ],
    }),
    pt: ({ accountName, userName }) => ({
      subject: `O link de acesso para ${userName} foi bloqueado`,
      happened: `O link de acesso que você enviou a ${userName} para ${accountName} foi bloqueado depois de muitas senhas ou códigos errados. Ele já não dá acesso a ninguém.`,
      advice: [
        `Pergunte a ${userName} se foi engano seu. Se foi, edite o link: isso o desbloqueia e envia um novo.`,
        'Se não foi, exclua o link, o que também encerra as sessões abertas por ele.',
      ],
    }),
  },
});
