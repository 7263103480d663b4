import { z } from 'zod';
import { defineNotice } from '../define-notice.ts';

/** By the client; to the provider's owners. */
export const partnershipRevokedNotice = defineNotice({
  template: 'partnership-revoked',
  kind: 'partnerships',
  facts: z.strictObject({ accountName: z.string(), counterpart: z.string() }),
  wordings: {
    en: ({ accountName, counterpart }) => ({
      subject: `${counterpart} revoked its partnership with ${accountName}`,
      happened: `${counterpart} revoked its partnership with ${accountName}. No user of ${accountName} has access there any more.`,
      advice: [`This is final. To work for ${counterpart} again takes a new partner token.`],
    }),
    pt: ({ accountName, counterpart }) => ({
      subject: `${counterpart} revogou a parceria com ${accountName}`,
      happened: `${counterpart} revogou a parceria com ${accountName}. Nenhum usuário de ${accountName} tem mais acesso lá.`,
      advice: [`Isso é definitivo. Para trabalhar novamente para ${counterpart}, é preciso um novo token de parceiro.`],
    }),
  },
});
