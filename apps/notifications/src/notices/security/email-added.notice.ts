import { z } from 'zod';
import { defineNotice } from '../define-notice.ts';

export const emailAddedNotice = defineNotice({
  template: 'email-added',
  kind: 'security',
  facts: z.strictObject({}),
  wordings: {
    en: () => ({
      subject: 'An e-mail address was added to your user',
      happened:
        'An e-mail address was added to your Valetkey user. It cannot be used until it is confirmed from its own mailbox.',
      advice: ['If it was not you, change your password at once and remove the address.'],
    }),
    pt: () => ({
      subject: 'Um endereço de e-mail foi adicionado ao seu usuário',
      happened:
        'Um endereço de e-mail foi adicionado ao seu usuário no Valetkey. Ele só poderá ser usado depois de confirmado a partir da própria caixa de entrada.',
      advice: ['Se não foi você, altere a sua senha imediatamente e remova o endereço.'],
    }),
  },
});
