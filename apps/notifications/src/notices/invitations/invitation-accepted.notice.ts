import { Role } from '@valetkey/contracts';
import { z } from 'zod';
import { Place, placeName } from '../../wording/place-name.ts';
import { roleNames } from '../../wording/role-names.ts';
import { defineNotice } from '../define-notice.ts';

export const invitationAcceptedNotice = defineNotice({
  template: 'invitation-accepted',
  kind: 'invitations',
  facts: z.strictObject({ place: Place, by: z.string().optional(), role: Role }),
  wordings: {
    en: ({ place, by, role }) => ({
      subject: `${by ?? 'Somebody'} accepted your invitation`,
      happened: `${by ?? 'Somebody'} accepted your invitation and is now ${roleNames.en[role]} of ${placeName(place)}.`,
      advice: ['If you do not know who this is, end their role.'],
    }),
    pt: ({ place, by, role }) => ({
      subject: `${by ?? 'Alguém'} aceitou o seu convite`,
      happened: `${by ?? 'Alguém'} aceitou o seu convite e agora tem o papel de ${roleNames.pt[role]} em ${placeName(place)}.`,
      advice: ['Se você não sabe quem é, encerre esse papel.'],
    }),
  },
});
