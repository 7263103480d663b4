import { Role } from '@valetkey/contracts';
import { z } from 'zod';
import { Place, placeName } from '../../wording/place-name.ts';
import { roleNames } from '../../wording/role-names.ts';
import { defineNotice } from '../define-notice.ts';

export const membershipRemovedNotice = defineNotice({
  template: 'membership-removed',
  kind: 'memberships',
  facts: z.strictObject({ place: Place, by: z.string().optional(), role: Role, lastInAccount: z.boolean() }),
  wordings: {
    en: ({ place, by, role, lastInAccount }) => ({
      subject: `Your role in ${placeName(place)} has ended`,
      happened: `${by ?? 'Somebody'} ended your role as ${roleNames.en[role]} of ${placeName(place)}.`,
      advice: lastInAccount
        ? [`It was your last role in ${place.accountName}: you cannot enter the account any more.`]
        : [`You still have another role in ${place.accountName}.`],
    }),
    pt: ({ place, by, role, lastInAccount }) => ({
      subject: `O seu papel em ${placeName(place)} foi encerrado`,
      happened: `${by ?? 'Alguém'} encerrou o seu papel de ${roleNames.pt[role]} em ${placeName(place)}.`,
      advice: lastInAccount
        ? [`Era o seu último papel em ${place.accountName}: você não tem mais acesso à conta.`]
        : [`Você ainda tem outro papel em ${place.accountName}.`],
    }),
  },
});
