import type { Locale, MailContent } from '@valetkey/contracts';
import type { Letter, Wording } from './letter.ts';

type Content = Extract<MailContent, { template: 'already-registered' }>;

const wordings: Record<Locale, (name: string) => Wording> = {
  en: (name) => ({
    subject: 'You already have a Valetkey account',
    body: [
      `Hello ${name},`,
      'Somebody, perhaps you, tried to sign up for Valetkey with this e-mail address, or to add it to another user. It is yours already: sign in with it.',
    ],
    notes: ['If it was not you, there is nothing to do: nothing has changed, and nobody has got in.'],
  }),
  pt: (name) => ({
    subject: 'Você já tem uma conta no Valetkey',
    body: [
      `Olá, ${name}!`,
      'Alguém, talvez você, tentou se cadastrar no Valetkey com este endereço de e-mail, ou adicioná-lo a outro usuário. Ele já é seu: entre com ele.',
    ],
    notes: ['Se não foi você, não é preciso fazer nada: nada mudou e ninguém entrou.'],
  }),
};

export function alreadyRegisteredLetter({ locale, name }: Content): Letter {
  return { locale, ...wordings[locale](name) };
}
