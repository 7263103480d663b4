import { z } from 'zod';
import { defineNotice } from '../define-notice.ts';

/** By an owner, for the access link that lets the user in. */
export const twoFactorWaivedNotice = defineNotice({
  template: 'two-factor-waived',
  kind: 'security',
  facts: z.strictObject({ accountName: z.string(), by: z.string().optional() }),
  wordings: {
    en: ({ accountName, by }) => ({
      subject: `An access link to ${accountName} asks you for no code`,
      happened: `${by ?? 'An owner of the account'} made an access link that lets you into ${accountName} without two-factor authentication.`,
      advice: [
        'It holds for that link alone: what signing in asks you for stays as it is.',
        `If you did not ask for such a link, tell the owners of ${accountName}; the account’s audit trail names who made it.`,
      ],
    }),
    pt: ({ accountName, by }) => ({
      subject: `Um link de acesso a ${accountName} não pede código`,
      happened: `${by ?? 'Um proprietário da conta'} criou um link que dá a você acesso a ${accountName} sem a autenticação em dois fatores.`,
      advice: [
        'Isso vale só para esse link: o que se pede para entrar continua o mesmo.',
        `Se você não pediu um link assim, avise os proprietários de ${accountName}; a trilha de auditoria da conta diz quem o criou.`,
      ],
    }),
  },
});
