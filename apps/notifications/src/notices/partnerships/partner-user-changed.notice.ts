import { z } from 'zod';
import { permissionList } from '../../wording/permission-list.ts';
import { defineNotice } from '../define-notice.ts';

/** By the provider; to the client's owners. */
export const partnerUserChangedNotice = defineNotice({
  template: 'partner-user-changed',
  kind: 'partnerships',
  facts: z.strictObject({
    accountName: z.string(),
    counterpart: z.string(),
    userName: z.string(),
    permissions: z.array(z.string()),
  }),
  wordings: {
    en: ({ accountName, counterpart, userName, permissions }) => ({
      subject: `${counterpart} changed what ${userName} may do in ${accountName}`,
      happened: `${counterpart} changed the permissions of ${userName} in ${accountName}, within what the partnership allows.`,
      details: [{ label: 'Permissions now', value: permissionList(permissions, 'en') }],
      advice: ['If that is too much, change what the partnership allows.'],
    }),
    pt: ({ accountName, counterpart, userName, permissions }) => ({
      subject: `${counterpart} alterou o que ${userName} pode fazer em ${accountName}`,
      happened: `${counterpart} alterou as permissões de ${userName} em ${accountName}, dentro do que a parceria autoriza.`,
      details: [{ label: 'Permissões agora', value: permissionList(permissions, 'pt') }],
      advice: ['Se for demais, altere o que a parceria autoriza.'],
    }),
  },
});
