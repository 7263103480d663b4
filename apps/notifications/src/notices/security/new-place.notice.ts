import { z } from 'zod';
import { addressName, deviceName } from '../../wording/place-of-sign-in.ts';
import { defineNotice } from '../define-notice.ts';

export const newPlaceNotice = defineNotice({
  template: 'new-place',
  kind: 'security',
  facts: z.strictObject({ device: z.string(), address: z.string() }),
  wordings: {
    en: ({ device, address }) => ({
      subject: 'A sign-in from a new place or device',
      happened: 'Somebody signed in as your Valetkey user from a place or on a device that you have not used lately.',
      details: [
        { label: 'Device', value: deviceName(device, 'en') },
        { label: 'Address', value: addressName(address, 'en') },
      ],
      advice: [
        'If it was you, there is nothing to do.',
        'If it was not you, reset your password at once: that ends all sessions.',
      ],
    }),
    pt: ({ device, address }) => ({
      subject: 'Acesso de um novo local ou dispositivo',
      happened:
        'Alguém entrou com o seu usuário no Valetkey de um local ou em um dispositivo que você não tem usado ultimamente.',
      details: [
        { label: 'Dispositivo', value: deviceName(device, 'pt') },
        { label: 'Endereço', value: addressName(address, 'pt') },
      ],
      advice: [
        'Se foi você, não é preciso fazer nada.',
        'Se não foi você, redefina a senha imediatamente: isso encerra todas as sessões.',
      ],
    }),
  },
});
