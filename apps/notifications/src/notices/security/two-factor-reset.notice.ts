import { z } from 'zod';
import { defineNotice } from '../define-notice.ts';

/** By somebody else, who may: an owner of the only account the user is in, or platform staff. */
export const twoFactorResetNotice = defineNotice({
  template: 'two-factor-reset',
  kind: 'security',
  facts: z.strictObject({ by: z.enum(['owner', 'operator']) }),
  wordings: {
    en: ({ by }) => ({
      subject: 'Your two-factor authentication was reset',
      happened: `${by === 'owner' ? 'An owner of your account' : 'Platform staff'} turned off the two-factor authentication of your Valetkey user. Signing in takes the password alone until you turn it on again.`,
      advice: ['If you did not ask for this, change your password and turn two-factor authentication on again.'],
    }),
    pt: ({ by }) => ({
      subject: 'A sua autenticação em dois fatores foi redefinida',
      happened: `${by === 'owner' ? 'Um proprietário da sua conta' : 'A equipe da plataforma'} desativou a autenticação em dois fatores do seu usuário no Valetkey. Até você ativá-la novamente, basta a senha para entrar.`,
      advice: ['Se você não pediu isso, altere a sua senha e ative a autenticação em dois fatores novamente.'],
    }),
  },
});
