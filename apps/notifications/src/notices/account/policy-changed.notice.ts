import { AccountPolicy, type Locale } from '@valetkey/contracts';
import { z } from 'zod';
import type { Detail } from '../../letters/letter.ts';
import { defineNotice } from '../define-notice.ts';

/** The parts that changed, as they are now. */
export const ChangedPolicy = AccountPolicy.partial();
export type ChangedPolicy = z.infer<typeof ChangedPolicy>;

const words = {
  en: {
    requireTwoFactor: 'Two-factor authentication required of',
    demands: { off: 'nobody', owners: 'owners', everyone: 'everyone' },
    managersMayDelete: 'Managers may delete organizations and groups',
    yes: 'yes',
    no: 'no',
    portalIdleMinutes: 'Minutes without use until a session ends',
    portalMaxHours: 'Hours until a session ends in any case',
  },
  pt: {
    requireTwoFactor: 'Autenticação em dois fatores exigida de',
    demands: { off: 'ninguém', owners: 'proprietários', everyone: 'todos' },
    managersMayDelete: 'Gerentes podem excluir organizações e grupos',
    yes: 'sim',
    no: 'não',
    portalIdleMinutes: 'Minutos sem uso até o fim de uma sessão',
    portalMaxHours: 'Horas até o fim de uma sessão em qualquer caso',
  },
} as const satisfies Record<Locale, unknown>;

export const policyChangedNotice = defineNotice({
  template: 'policy-changed',
  kind: 'account',
  facts: z.strictObject({ accountName: z.string(), by: z.string().optional(), changed: ChangedPolicy }),
  wordings: {
    en: ({ accountName, by, changed }) => ({
      subject: `The security policy of ${accountName} was changed`,
      happened: `${by ?? 'Somebody'} changed the security policy of ${accountName}. It holds at once, for live sessions too.`,
      details: detailsOf(changed, 'en'),
      advice: ['If you did not expect this, look at the account’s audit trail.'],
    }),
    pt: ({ accountName, by, changed }) => ({
      subject: `A política de segurança de ${accountName} foi alterada`,
      happened: `${by ?? 'Alguém'} alterou a política de segurança de ${accountName}. Ela vale imediatamente, também para as sessões abertas.`,
      details: detailsOf(changed, 'pt'),
      advice: ['Se você não esperava por isso, consulte a trilha de auditoria da conta.'],
    }),
  },
});

function detailsOf(changed: ChangedPolicy, locale: Locale): Detail[] {
  const { demands, yes, no, ...labels } = words[locale];
  const { requireTwoFactor, managersMayDelete, portalIdleMinutes, portalMaxHours } = changed;
  const values = {
    requireTwoFactor: requireTwoFactor && demands[requireTwoFactor],
    managersMayDelete: managersMayDelete === undefined ? undefined : managersMayDelete ? yes : no,
    portalIdleMinutes: portalIdleMinutes?.toString(),
    portalMaxHours: portalMaxHours?.toString(),
  };
  return AccountPolicy.keyof().options.flatMap((field) => {
    const value = values[field];
    return value === undefined ? [] : [{ label: labels[field], value }];
  });
}
