import { ModuleName } from '@valetkey/contracts';
import { z } from 'zod';
import { moduleNames } from '../../wording/module-names.ts';
import { defineNotice } from '../define-notice.ts';

export const moduleDisabledNotice = defineNotice({
  template: 'module-disabled',
  kind: 'account',
  facts: z.strictObject({ accountName: z.string(), module: ModuleName }),
  wordings: {
    en: ({ accountName, module }) => ({
      subject: `A module was turned off for ${accountName}`,
      happened: `Platform staff turned off the module “${moduleNames.en[module]}” for ${accountName}. What was made with it is suspended, and whoever came in by it is out.`,
      advice: ['If you do not know why, ask whoever runs the platform for you.'],
    }),
    pt: ({ accountName, module }) => ({
      subject: `Um módulo foi desativado para ${accountName}`,
      happened: `A equipe da plataforma desativou o módulo “${moduleNames.pt[module]}” para ${accountName}. O que foi criado com ele está suspenso, e quem entrou por meio dele saiu.`,
      advice: ['Se você não sabe o motivo, pergunte a quem administra a plataforma.'],
    }),
  },
});
