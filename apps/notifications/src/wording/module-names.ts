import type { Locale, ModuleName } from '@valetkey/contracts';

/** Modules as mails name them. */
export const moduleNames: Record<Locale, Record<ModuleName, string>> = {
  en: {
    login_tokens: 'Login tokens',
    access_links: 'Access links',
    partner: 'Partnerships, as provider',
    client: 'Partnerships, as client',
  },
  pt: {
    login_tokens: 'Tokens de acesso',
    access_links: 'Links de acesso',
    partner: 'Parcerias, como fornecedor',
    client: 'Parcerias, como cliente',
  },
};
