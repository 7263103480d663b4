import { z } from 'zod';
import { defineNotice } from '../define-notice.ts';

export const userUnlockedNotice = defineNotice({
  template: 'user-unlocked',
  kind: 'security',
  facts: z.strictObject({}),
  wordings: {
    en: () => ({
      subject: 'Your user was unlocked',
      happened: 'Platform staff unlocked your Valetkey user: it can sign in again.',
      advice: [],
    }),
    pt: () => ({
      subject: 'O seu usuário foi desbloqueado',
      happened: 'A equipe da plataforma desbloqueou o seu usuário no Valetkey: já é possível entrar novamente.',
      advice: [],
    }),
  },
});
