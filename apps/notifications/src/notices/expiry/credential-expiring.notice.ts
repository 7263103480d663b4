import { Timestamp } from '@valetkey/contracts';
import { z } from 'zod';
import { formatTime } from '../../wording/format-time.ts';
import { defineNotice } from '../define-notice.ts';

const credentials = {
  en: { 'login-token': 'login token', 'access-key': 'access key' },
  pt: { 'login-token': 'token de acesso', 'access-key': 'chave de acesso' },
} as const;

/** A login token or an access key comes to its end. */
export const credentialExpiringNotice = defineNotice({
  template: 'credential-expiring',
  kind: 'expiry',
  dated: false,
  facts: z.strictObject({
    accountName: z.string(),
    type: z.enum(['login-token', 'access-key']),
    name: z.string(),
    expiresAt: Timestamp,
    daysLeft: z.number().int(),
  }),
  wordings: {
    en: ({ accountName, type, name, expiresAt, daysLeft }) => ({
      subject: `“${name}” expires in ${daysLeft} ${daysLeft === 1 ? 'day' : 'days'}`,
      happened: `The ${credentials.en[type]} “${name}” of ${accountName} expires in ${daysLeft} ${daysLeft === 1 ? 'day' : 'days'}. After that it stops working.`,
      details: [{ label: 'Expires', value: formatTime(expiresAt, 'en') }],
      advice: ['If it is to go on, set a later expiry. If it is not needed any more, there is nothing to do.'],
    }),
    pt: ({ accountName, type, name, expiresAt, daysLeft }) => ({
      subject: `“${name}” expira em ${daysLeft} ${daysLeft === 1 ? 'dia' : 'dias'}`,
      happened: `${type === 'access-key' ? 'A' : 'O'} ${credentials.pt[type]} “${name}” de ${accountName} expira em ${daysLeft} ${daysLeft === 1 ? 'dia' : 'dias'}. Depois disso, deixa de funcionar.`,
      details: [{ label: 'Expira', value: formatTime(expiresAt, 'pt') }],
      advice: [
        'Para que continue valendo, defina uma data posterior. Se já não for necessário, não é preciso fazer nada.',
      ],
    }),
  },
});
