import { Role } from '@valetkey/contracts';
import { z } from 'zod';
import { Place, placeName } from '../../wording/place-name.ts';
import { roleNames } from '../../wording/role-names.ts';
import { defineNotice } from '../define-notice.ts';

export const membershipChangedNotice = defineNotice({
  template: 'membership-changed',
  kind: 'memberships',
  facts: z.strictObject({ place: Place, by: z.string().optional(), from: Role, to: Role }),
  wordings: {
    en: ({ place, by, from, to }) => ({
      subject: `Your role in ${placeName(place)} was changed`,
      happened: `${by ?? 'Somebody'} changed your role in ${placeName(place)} from ${roleNames.en[from]} to ${roleNames.en[to]}.`,
      advice: ['It holds at once, also where you are signed in.'],
    }),
    pt: ({ place, by, from, to }) => ({
      subject: `O seu papel em ${placeName(place)} foi alterado`,
      happened: `${by ?? 'Alguém'} alterou o seu papel em ${placeName(place)} de ${roleNames.pt[from]} para ${roleNames.pt[to]}.`,
      advice: ['A alteração vale imediatamente, também nas sessões abertas.'],
    }),
  },
});
