import { z } from 'zod';
import { defineNotice } from '../define-notice.ts';

export const userLockedNotice = defineNotice({
  template: 'user-locked',
  kind: 'security',
  facts: z.strictObject({}),
  wordings: {
    en: () => ({
      subject: 'Your user was locked',
      happened: 'Platform staff locked your Valetkey user: all its sessions have ended, and it cannot sign in.',
      advice: ['If you do not know why, ask whoever runs the platform for you.'],
    }),
    pt: () => ({
      subject: 'O seu usuário foi bloqueado',
      happened:
        'A equipe da plataforma bloqueou o seu usuário no Valetkey: todas as sessões foram encerradas e não é possível entrar.',
      advice: ['Se você não sabe o motivo, pergunte a quem administra a plataforma.'],
    }),
  },
});
