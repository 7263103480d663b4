import { z } from 'zod';
import { permissionList } from '../../wording/permission-list.ts';
import { defineNotice } from '../define-notice.ts';

/** By the client; to the provider's owners. */
export const partnershipActivatedNotice = defineNotice({
  template: 'partnership-activated',
  kind: 'partnerships',
  facts: z.strictObject({ accountName: z.string(), counterpart: z.string(), permissions: z.array(z.string()) }),
  wordings: {
    en: ({ accountName, counterpart, permissions }) => ({
      subject: `${counterpart} is now a client of ${accountName}`,
      happened: `${counterpart} used a partner token of ${accountName}: the partnership is active. Your users can be given up to the permissions that ${counterpart} allows.`,
      details: [{ label: 'Permissions', value: permissionList(permissions, 'en') }],
      advice: ['Nobody has access yet: authorize those of your users who are to work there.'],
    }),
    pt: ({ accountName, counterpart, permissions }) => ({
      subject: `${counterpart} agora é cliente de ${accountName}`,
      happened: `${counterpart} usou um token de parceiro de ${accountName}: a parceria está ativa. Os seus usuários podem receber, no máximo, as permissões que ${counterpart} autoriza.`,
      details: [{ label: 'Permissões', value: permissionList(permissions, 'pt') }],
      advice: ['Ninguém tem acesso ainda: autorize os usuários que vão trabalhar lá.'],
    }),
  },
});
