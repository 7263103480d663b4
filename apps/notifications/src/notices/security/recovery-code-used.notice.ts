import { z } from 'zod';
import { defineNotice } from '../define-notice.ts';

export const recoveryCodeUsedNotice = defineNotice({
  template: 'recovery-code-used',
  kind: 'security',
  facts: z.strictObject({ left: z.number().int() }),
  wordings: {
    en: ({ left }) => ({
      subject: 'A recovery code was used',
      happened: `A recovery code of your Valetkey user was used in place of a code from your authenticator. ${left === 1 ? 'There is 1 left.' : `There are ${left} left.`}`,
      advice: [
        'You can make new recovery codes at any time; the old ones end with that.',
        'If it was not you, reset your password at once and make new recovery codes.',
      ],
    }),
    pt: ({ left }) => ({
      subject: 'Um código de recuperação foi usado',
      happened: `Um código de recuperação do seu usuário no Valetkey foi usado no lugar de um código do seu autenticador. ${left === 1 ? 'Resta 1.' : `Restam ${left}.`}`,
      advice: [
        'Você pode gerar novos códigos de recuperação a qualquer momento; os antigos deixam de valer.',
        'Se não foi você, redefina a senha imediatamente e gere novos códigos de recuperação.',
      ],
    }),
  },
});
