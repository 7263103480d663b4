import { Role } from '@valetkey/contracts';
import { z } from 'zod';
import { Place, placeName } from '../../wording/place-name.ts';
import { roleNames } from '../../wording/role-names.ts';
import { defineNotice } from '../define-notice.ts';

export const membershipGrantedNotice = defineNotice({
  template: 'membership-granted',
  kind: 'memberships',
  facts: z.strictObject({ place: Place, by: z.string().optional(), role: Role }),
  wordings: {
    en: ({ place, by, role }) => ({
      subject: `You have a role in ${placeName(place)}`,
      happened: `${by ?? 'Somebody'} made you ${roleNames.en[role]} of ${placeName(place)}.`,
      advice: ['You find the account among yours when you sign in. If you do not want the role, you can leave.'],
    }),
    pt: ({ place, by, role }) => ({
      subject: `Você tem um papel em ${placeName(place)}`,
      happened: `${by ?? 'Alguém'} deu a você o papel de ${roleNames.pt[role]} em ${placeName(place)}.`,
      advice: [
        'Ao entrar no Valetkey, você encontra a conta entre as suas. Se não quiser o papel, você pode deixá-lo.',
      ],
    }),
  },
});
