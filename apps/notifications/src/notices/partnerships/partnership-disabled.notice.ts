import { z } from 'zod';
import { defineNotice } from '../define-notice.ts';

/** By the provider; to the client's owners. */
export const partnershipDisabledNotice = defineNotice({
  template: 'partnership-disabled',
  kind: 'partnerships',
  facts: z.strictObject({ accountName: z.string(), counterpart: z.string() }),
  wordings: {
    en: ({ accountName, counterpart }) => ({
      subject: `${counterpart} suspended its partnership with ${accountName}`,
      happened: `${counterpart} disabled its partnership with ${accountName}. Its users may do nothing in ${accountName} until it activates the partnership again.`,
      advice: ['To end the partnership for good, revoke it.'],
    }),
    pt: ({ accountName, counterpart }) => ({
      subject: `${counterpart} suspendeu a parceria com ${accountName}`,
      happened: `${counterpart} desativou a parceria com ${accountName}. Os usuários de ${counterpart} não podem fazer nada em ${accountName} até que ela seja reativada.`,
      advice: ['Para encerrar a parceria de vez, revogue-a.'],
    }),
  },
});
