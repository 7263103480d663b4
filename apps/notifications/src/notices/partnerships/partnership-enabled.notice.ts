import { z } from 'zod';
import { defineNotice } from '../define-notice.ts';

/** By the provider; to the client's owners. */
export const partnershipEnabledNotice = defineNotice({
  template: 'partnership-enabled',
  kind: 'partnerships',
  facts: z.strictObject({ accountName: z.string(), counterpart: z.string() }),
  wordings: {
    en: ({ accountName, counterpart }) => ({
      subject: `${counterpart} resumed its partnership with ${accountName}`,
      happened: `${counterpart} activated its partnership with ${accountName} again. Its users have their permissions in ${accountName} back.`,
      advice: ['If you do not want that, change what the partnership allows, or revoke it.'],
    }),
    pt: ({ accountName, counterpart }) => ({
      subject: `${counterpart} retomou a parceria com ${accountName}`,
      happened: `${counterpart} reativou a parceria com ${accountName}. Os usuários de ${counterpart} têm de volta as suas permissões em ${accountName}.`,
      advice: ['Se você não quer isso, altere o que a parceria autoriza ou revogue-a.'],
    }),
  },
});
