import { z } from 'zod';
import { defineNotice } from '../define-notice.ts';

export const twoFactorEnabledNotice = defineNotice({
  template: 'two-factor-enabled',
  kind: 'security',
  facts: z.strictObject({}),
  wordings: {
    en: () => ({
      subject: 'Two-factor authentication is on',
      happened:
        'Two-factor authentication was turned on for your Valetkey user. From now on, signing in takes a code besides the password.',
      advice: [
        'Keep your recovery codes in a safe place: they let you in if you lose your device.',
        'If it was not you, reset your password at once and ask an owner of your account, or platform staff, to reset your two-factor authentication.',
      ],
    }),
    pt: () => ({
      subject: 'A autenticação em dois fatores foi ativada',
      happened:
        'A autenticação em dois fatores foi ativada para o seu usuário no Valetkey. De agora em diante, será preciso um código além da senha para entrar.',
      advice: [
        'Guarde os seus códigos de recuperação em um lugar seguro: com eles você entra se perder o seu dispositivo.',
        'Se não foi você, redefina a senha imediatamente e peça a um proprietário da sua conta, ou à equipe da plataforma, que redefina a sua autenticação em dois fatores.',
      ],
    }),
  },
});
