import { z } from 'zod';
import { userCount } from '../../wording/user-count.ts';
import { defineNotice } from '../define-notice.ts';

/** By the provider, or as users left it; to the client's owners. */
export const partnerUsersRevokedNotice = defineNotice({
  template: 'partner-users-revoked',
  kind: 'partnerships',
  facts: z.strictObject({
    accountName: z.string(),
    counterpart: z.string(),
    /** One of them. */
    userName: z.string(),
    count: z.number().int().positive(),
  }),
  wordings: {
    en: ({ accountName, counterpart, userName, count }) => ({
      subject: `Access to ${accountName} ended for ${userCount(userName, count, 'en')}`,
      happened: `The access that ${counterpart} gave ${userCount(userName, count, 'en')} to ${accountName} has ended: ${counterpart} withdrew it, or they left ${counterpart}.`,
      advice: ['There is nothing to do.'],
    }),
    pt: ({ accountName, counterpart, userName, count }) => ({
      subject: `Acesso a ${accountName} encerrado para ${userCount(userName, count, 'pt')}`,
      happened: `O acesso a ${accountName} que ${counterpart} deu a ${userCount(userName, count, 'pt')} foi encerrado: ${counterpart} o retirou ou quem o tinha deixou ${counterpart}.`,
      advice: ['Não é preciso fazer nada.'],
    }),
  },
});
