import { z } from 'zod';
import { defineNotice } from '../define-notice.ts';

export const passwordWasResetNotice = defineNotice({
  template: 'password-was-reset',
  kind: 'security',
  facts: z.strictObject({}),
  wordings: {
    en: () => ({
      subject: 'Your password was reset',
      happened: 'The password of your Valetkey user was reset with a link sent by e-mail. All its sessions have ended.',
      advice: [
        'If it was not you, somebody can read your mail: secure your mailbox first, then reset the password again.',
      ],
    }),
    pt: () => ({
      subject: 'A sua senha foi redefinida',
      happened:
        'A senha do seu usuário no Valetkey foi redefinida com um link enviado por e-mail. Todas as sessões foram encerradas.',
      advice: [
        'Se não foi você, alguém consegue ler os seus e-mails: proteja primeiro a sua caixa de entrada e depois redefina a senha novamente.',
      ],
    }),
  },
});
