import { z } from 'zod';
import { defineNotice } from '../define-notice.ts';

export const accountRestoredNotice = defineNotice({
  template: 'account-restored',
  kind: 'account',
  facts: z.strictObject({ accountName: z.string() }),
  wordings: {
    en: ({ accountName }) => ({
      subject: `The account ${accountName} was restored`,
      happened: `Platform staff restored the account ${accountName}. All is as it was before, but for its sessions.`,
      advice: [],
    }),
    pt: ({ accountName }) => ({
      subject: `A conta ${accountName} foi restaurada`,
      happened: `A equipe da plataforma restaurou a conta ${accountName}. Está tudo como antes, exceto as sessões.`,
      advice: [],
    }),
  },
});
