import { z } from 'zod';
import { permissionList } from '../../wording/permission-list.ts';
import { userCount } from '../../wording/user-count.ts';
import { defineNotice } from '../define-notice.ts';

/** By the provider, one or several with the same permissions; to the client's owners. */
export const partnerUsersAuthorizedNotice = defineNotice({
  template: 'partner-users-authorized',
  kind: 'partnerships',
  facts: z.strictObject({
    accountName: z.string(),
    counterpart: z.string(),
    /** One of them. */
    userName: z.string(),
    count: z.number().int().positive(),
    permissions: z.array(z.string()),
  }),
  wordings: {
    en: ({ accountName, counterpart, userName, count, permissions }) => ({
      subject: `${counterpart} authorized ${userCount(userName, count, 'en')} for ${accountName}`,
      happened: `${counterpart} gave ${userCount(userName, count, 'en')} access to ${accountName}, within what the partnership allows.`,
      details: [{ label: 'Permissions', value: permissionList(permissions, 'en') }],
      advice: ['Your partners’ lists show who has access. If that is too much, change what the partnership allows.'],
    }),
    pt: ({ accountName, counterpart, userName, count, permissions }) => ({
      subject: `${counterpart} autorizou ${userCount(userName, count, 'pt')} em ${accountName}`,
      happened: `${counterpart} deu a ${userCount(userName, count, 'pt')} acesso a ${accountName}, dentro do que a parceria autoriza.`,
      details: [{ label: 'Permissões', value: permissionList(permissions, 'pt') }],
      advice: [
        'As listas dos seus parceiros mostram quem tem acesso. Se for demais, altere o que a parceria autoriza.',
      ],
    }),
  },
});
