import { z } from 'zod';
import { defineNotice } from '../define-notice.ts';

export const emailRemovedNotice = defineNotice({
  template: 'email-removed',
  kind: 'security',
  facts: z.strictObject({}),
  wordings: {
    en: () => ({
      subject: 'An e-mail address was removed from your user',
      happened: 'An e-mail address was removed from your Valetkey user. Nobody can sign in with it any more.',
      advice: ['If it was not you, change your password at once and add the address again.'],
    }),
    pt: () => ({
      subject: 'Um endereço de e-mail foi removido do seu usuário',
      happened: 'Um endereço de e-mail foi removido do seu usuário no Valetkey. Ninguém mais pode entrar com ele.',
      advice: ['Se não foi você, altere a sua senha imediatamente e adicione o endereço novamente.'],
    }),
  },
});
