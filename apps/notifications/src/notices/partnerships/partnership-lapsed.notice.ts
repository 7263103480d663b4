import { z } from 'zod';
import { defineNotice } from '../define-notice.ts';

/** To the owners of the account that made the token. */
export const partnershipLapsedNotice = defineNotice({
  template: 'partnership-lapsed',
  kind: 'partnerships',
  facts: z.strictObject({ accountName: z.string(), clientName: z.string().optional() }),
  wordings: {
    en: ({ accountName, clientName }) => ({
      subject: `A partner token of ${accountName} has lapsed`,
      happened: `Nobody used the partner token that ${accountName} made${clientName ? ` for ${clientName}` : ''} within 30 days. It is of no use any more.`,
      advice: ['If the partnership is still wanted, make a new token. If not, there is nothing to do.'],
    }),
    pt: ({ accountName, clientName }) => ({
      subject: `Um token de parceiro de ${accountName} perdeu a validade`,
      happened: `Ninguém usou em até 30 dias o token de parceiro que ${accountName} criou${clientName ? ` para ${clientName}` : ''}. Ele já não serve para nada.`,
      advice: ['Se a parceria ainda interessa, crie um novo token. Se não, não é preciso fazer nada.'],
    }),
  },
});
