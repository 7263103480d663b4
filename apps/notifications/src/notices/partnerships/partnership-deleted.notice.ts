import { z } from 'zod';
import { defineNotice } from '../define-notice.ts';

/** By the provider; to the client's owners. */
export const partnershipDeletedNotice = defineNotice({
  template: 'partnership-deleted',
  kind: 'partnerships',
  facts: z.strictObject({ accountName: z.string(), counterpart: z.string() }),
  wordings: {
    en: ({ accountName, counterpart }) => ({
      subject: `${counterpart} ended its partnership with ${accountName}`,
      happened: `${counterpart} deleted its partnership with ${accountName}. None of its users has access to ${accountName} any more.`,
      advice: ['This is final: to work together again takes a new partner token of theirs.'],
    }),
    pt: ({ accountName, counterpart }) => ({
      subject: `${counterpart} encerrou a parceria com ${accountName}`,
      happened: `${counterpart} excluiu a parceria com ${accountName}. Nenhum usuário de ${counterpart} tem mais acesso a ${accountName}.`,
      advice: ['Isso é definitivo: para voltar a trabalhar em conjunto, é preciso um novo token de parceiro.'],
    }),
  },
});
