import { z } from 'zod';
import { defineNotice } from '../define-notice.ts';

export const signInBlockedNotice = defineNotice({
  template: 'sign-in-blocked',
  kind: 'security',
  facts: z.strictObject({ failures: z.number().int() }),
  wordings: {
    en: ({ failures }) => ({
      subject: 'Signing in with your password is blocked',
      happened: `After ${failures} wrong passwords in a row, signing in to your Valetkey user with its password is blocked. Nobody has got in with them, and your sessions go on.`,
      advice: ['To sign in again, reset your password. Choose one that you use nowhere else.'],
    }),
    pt: ({ failures }) => ({
      subject: 'A entrada com a sua senha está bloqueada',
      happened: `Depois de ${failures} senhas erradas seguidas, a entrada no seu usuário do Valetkey com a senha está bloqueada. Ninguém entrou com elas, e as suas sessões continuam.`,
      advice: ['Para entrar novamente, redefina a senha. Escolha uma que você não use em nenhum outro lugar.'],
    }),
  },
});
