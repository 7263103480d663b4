import type { Locale, Role } from '@valetkey/contracts';

/** Roles as mails name them. */
export const roleNames: Record<Locale, Record<Role, string>> = {
  en: { owner: 'owner', manager: 'manager', viewer: 'viewer', supporter: 'supporter', partner: 'partner' },
  pt: {
    owner: 'proprietário',
    manager: 'gerente',
    viewer: 'leitor',
    supporter: 'suporte',
    partner: 'parceiro',
  },
};
