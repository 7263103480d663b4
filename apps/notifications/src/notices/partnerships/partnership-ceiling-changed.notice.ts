import type { Locale } from '@valetkey/contracts';
import { z } from 'zod';
import type { Detail } from '../../letters/letter.ts';
import { permissionList } from '../../wording/permission-list.ts';
import { defineNotice } from '../define-notice.ts';

const Names = z.array(z.string());
const facts = z.strictObject({
  accountName: z.string(),
  counterpart: z.string(),
  permissions: Names,
  added: Names,
  removed: Names,
});

const labels: Record<Locale, { now: string; added: string; removed: string }> = {
  en: { now: 'Permissions now', added: 'Added', removed: 'Taken away' },
  pt: { now: 'Permissões agora', added: 'Acrescentadas', removed: 'Retiradas' },
};

/** By the client; to the provider's owners. */
export const partnershipCeilingChangedNotice = defineNotice({
  template: 'partnership-ceiling-changed',
  kind: 'partnerships',
  facts,
  wordings: {
    en: (given) => ({
      subject: `${given.counterpart} changed what users of ${given.accountName} may do there`,
      happened: `${given.counterpart} changed the permissions that users of ${given.accountName} can have there.`,
      details: details(given, 'en'),
      advice:
        given.removed.length > 0
          ? ['Your users lost at once what was taken away, and do not regain it by themselves if it is allowed again.']
          : ['Nobody has more than before until you give it to them.'],
    }),
    pt: (given) => ({
      subject: `${given.counterpart} alterou o que os usuários de ${given.accountName} podem fazer lá`,
      happened: `${given.counterpart} alterou as permissões que os usuários de ${given.accountName} podem ter lá.`,
      details: details(given, 'pt'),
      advice:
        given.removed.length > 0
          ? [
              'Os seus usuários perderam imediatamente o que foi retirado e não o recuperam sozinhos se for autorizado de novo.',
            ]
          : ['Ninguém tem mais do que antes até que você o conceda.'],
    }),
  },
});

function details({ permissions, added, removed }: z.infer<typeof facts>, locale: Locale): Detail[] {
  const { now, ...of } = labels[locale];
  const changed = [
    { label: of.added, names: added },
    { label: of.removed, names: removed },
  ].filter(({ names }) => names.length > 0);
  return [{ label: now, names: permissions }, ...changed].map(({ label, names }) => ({
    label,
    value: permissionList(names, locale),
  }));
}
