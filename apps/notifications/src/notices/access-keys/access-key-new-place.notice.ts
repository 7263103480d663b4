import { z } from 'zod';
import { defineNotice } from '../define-notice.ts';

export const accessKeyNewPlaceNotice = defineNotice({
  template: 'access-key-new-place',
  kind: 'access_keys',
  facts: z.strictObject({ accountName: z.string(), name: z.string(), address: z.string() }),
  wordings: {
    en: ({ accountName, name, address }) => ({
      subject: `The access key “${name}” was used from a new place`,
      happened: `The access key “${name}” of ${accountName} was used from an address from which it was not used before.`,
      details: [{ label: 'Address', value: address }],
      advice: [
        'If that was one of your programs, there is nothing to do. If not, rotate or delete the key at once.',
        'A list of allowed addresses keeps a key from being used anywhere else.',
      ],
    }),
    pt: ({ accountName, name, address }) => ({
      subject: `A chave de acesso “${name}” foi usada de um novo local`,
      happened: `A chave de acesso “${name}” de ${accountName} foi usada de um endereço de onde ainda não tinha sido usada.`,
      details: [{ label: 'Endereço', value: address }],
      advice: [
        'Se foi um dos seus programas, não é preciso fazer nada. Se não foi, gere um novo segredo para a chave ou exclua-a imediatamente.',
        'Uma lista de endereços permitidos impede que a chave seja usada de qualquer outro lugar.',
      ],
    }),
  },
});
