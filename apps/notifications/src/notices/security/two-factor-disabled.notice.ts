import { z } from 'zod';
import { defineNotice } from '../define-notice.ts';

export const twoFactorDisabledNotice = defineNotice({
  template: 'two-factor-disabled',
  kind: 'security',
  facts: z.strictObject({}),
  wordings: {
    en: () => ({
      subject: 'Two-factor authentication is off',
      happened:
        'Two-factor authentication was turned off for your Valetkey user. From now on, signing in takes the password alone.',
      advice: ['If it was not you, reset your password at once and turn two-factor authentication on again.'],
    }),
    pt: () => ({
      subject: 'A autenticação em dois fatores foi desativada',
      happened:
        'A autenticação em dois fatores foi desativada para o seu usuário no Valetkey. De agora em diante, basta a senha para entrar.',
      advice: ['Se não foi você, redefina a senha imediatamente e ative a autenticação em dois fatores novamente.'],
    }),
  },
});
