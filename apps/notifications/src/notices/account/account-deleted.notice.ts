import { Timestamp } from '@valetkey/contracts';
import { z } from 'zod';
import { formatDay } from '../../wording/format-time.ts';
import { defineNotice } from '../define-notice.ts';

export const accountDeletedNotice = defineNotice({
  template: 'account-deleted',
  kind: 'account',
  facts: z.strictObject({ accountName: z.string(), by: z.string().optional(), purgedAfter: Timestamp }),
  wordings: {
    en: ({ accountName, by, purgedAfter }) => ({
      subject: `The account ${accountName} was deleted`,
      happened: `${by ?? 'Somebody'} deleted the account ${accountName}. Everything in it has ended: sessions, login tokens and access keys.`,
      advice: [
        `Until ${formatDay(purgedAfter, 'en')} platform staff can restore it. After that nothing of it is left.`,
        'If it should not have been deleted, ask whoever runs the platform for you.',
      ],
    }),
    pt: ({ accountName, by, purgedAfter }) => ({
      subject: `A conta ${accountName} foi excluída`,
      happened: `${by ?? 'Alguém'} excluiu a conta ${accountName}. Tudo nela foi encerrado: sessões, tokens e chaves de acesso.`,
      advice: [
        `Até ${formatDay(purgedAfter, 'pt')}, a equipe da plataforma pode restaurá-la. Depois disso, não resta nada dela.`,
        'Se ela não devia ter sido excluída, fale com quem administra a plataforma.',
      ],
    }),
  },
});
