import { z } from 'zod';
import { defineNotice } from '../define-notice.ts';

/** Of a further address; at the first one there is nobody else to tell. */
export const emailVerifiedNotice = defineNotice({
  template: 'email-verified',
  kind: 'security',
  facts: z.strictObject({}),
  wordings: {
    en: () => ({
      subject: 'A further e-mail address of your user was confirmed',
      happened:
        'A further e-mail address of your Valetkey user was confirmed. From now on one can sign in with it and reset the password through it.',
      advice: ['If it was not you, change your password at once and remove the address.'],
    }),
    pt: () => ({
      subject: 'Mais um endereço de e-mail do seu usuário foi confirmado',
      happened:
        'Mais um endereço de e-mail do seu usuário no Valetkey foi confirmado. De agora em diante, é possível entrar com ele e redefinir a senha por meio dele.',
      advice: ['Se não foi você, altere a sua senha imediatamente e remova o endereço.'],
    }),
  },
});
