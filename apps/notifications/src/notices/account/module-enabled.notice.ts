import { ModuleName } from '@valetkey/contracts';
import { z } from 'zod';
import { moduleNames } from '../../wording/module-names.ts';
import { defineNotice } from '../define-notice.ts';

export const moduleEnabledNotice = defineNotice({
  template: 'module-enabled',
  kind: 'account',
  facts: z.strictObject({ accountName: z.string(), module: ModuleName }),
  wordings: {
    en: ({ accountName, module }) => ({
      subject: `A module was turned on for ${accountName}`,
      happened: `Platform staff turned on the module “${moduleNames.en[module]}” for ${accountName}. What was suspended with it works again.`,
      advice: [],
    }),
    pt: ({ accountName, module }) => ({
      subject: `Um módulo foi ativado para ${accountName}`,
      happened: `A equipe da plataforma ativou o módulo “${moduleNames.pt[module]}” para ${accountName}. O que estava suspenso com ele volta a funcionar.`,
      advice: [],
    }),
  },
});
