import { z } from 'zod';
import { defineNotice } from '../define-notice.ts';

export const billingChangedNotice = defineNotice({
  template: 'billing-changed',
  kind: 'account',
  facts: z.strictObject({ accountName: z.string(), by: z.string().optional() }),
  wordings: {
    en: ({ accountName, by }) => ({
      subject: `The billing details of ${accountName} were changed`,
      happened: `${by ?? 'Somebody'} changed the billing details of ${accountName}.`,
      advice: ['If you did not expect this, look at the billing details and at the account’s audit trail.'],
    }),
    pt: ({ accountName, by }) => ({
      subject: `Os dados de cobrança de ${accountName} foram alterados`,
      happened: `${by ?? 'Alguém'} alterou os dados de cobrança de ${accountName}.`,
      advice: ['Se você não esperava por isso, confira os dados de cobrança e a trilha de auditoria da conta.'],
    }),
  },
});
