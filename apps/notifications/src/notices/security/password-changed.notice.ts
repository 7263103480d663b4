import { z } from 'zod';
import { defineNotice } from '../define-notice.ts';

export const passwordChangedNotice = defineNotice({
  template: 'password-changed',
  kind: 'security',
  facts: z.strictObject({}),
  wordings: {
    en: () => ({
      subject: 'Your password was changed',
      happened: 'The password of your Valetkey user was changed.',
      advice: ['If it was not you, reset your password at once: whoever changed it can sign in as you.'],
    }),
    pt: () => ({
      subject: 'A sua senha foi alterada',
      happened: 'A senha do seu usuário no Valetkey foi alterada.',
      advice: ['Se não foi você, redefina a senha imediatamente: quem a alterou pode entrar como você.'],
    }),
  },
});
