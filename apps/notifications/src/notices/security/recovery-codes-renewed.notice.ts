import { z } from 'zod';
import { defineNotice } from '../define-notice.ts';

export const recoveryCodesRenewedNotice = defineNotice({
  template: 'recovery-codes-renewed',
  kind: 'security',
  facts: z.strictObject({}),
  wordings: {
    en: () => ({
      subject: 'You have new recovery codes',
      happened: 'New recovery codes were made for your Valetkey user. The old ones no longer work.',
      advice: [
        'Keep the new ones in a safe place: they let you in if you lose your device.',
        'If it was not you, reset your password at once and make new recovery codes.',
      ],
    }),
    pt: () => ({
      subject: 'Você tem novos códigos de recuperação',
      happened:
        'Foram gerados novos códigos de recuperação para o seu usuário no Valetkey. Os antigos deixaram de valer.',
      advice: [
        'Guarde os novos em um lugar seguro: com eles você entra se perder o seu dispositivo.',
        'Se não foi você, redefina a senha imediatamente e gere novos códigos de recuperação.',
      ],
    }),
  },
});
