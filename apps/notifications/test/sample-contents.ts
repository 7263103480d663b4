import { Locale, type MailContent } from '@valetkey/contracts';
import { QueuedContent } from '../src/content/queued-content.ts';
import { sampleFacts } from './sample-facts.ts';

const ID = '01970000-0000-7000-8000-000000000001';
const AT = '2026-03-01T12:00:00.000Z';
const to = 'ada@example.com';
const name = 'Ada Lovelace';

/** One mail of every template there is, in a language. */
export function sampleContents(locale: Locale): QueuedContent[] {
  const notices = Object.entries(sampleFacts).map(([template, facts]) => {
    return { template, to, name, locale, told: { template, at: AT, facts } };
  });
  return [...ordered(locale), ...notices, digest(locale)].map((content) => QueuedContent.parse(content));
}

function ordered(locale: Locale): MailContent[] {
  return [
    { template: 'verification', to, locale, secret: 'vkv_secret', verificationId: ID },
    { template: 'already-registered', to, name, locale },
    { template: 'address-verification', to, locale, secret: 'vkv_secret', verificationId: ID },
    { template: 'password-reset', to, name, locale, secret: 'vkr_secret', resetId: ID },
    {
      template: 'invitation',
      to,
      locale,
      secret: 'vki_secret',
      accountName: 'Analytical Engines',
      inviterName: 'Grace Hopper',
      role: 'manager',
      scopeName: 'Lisbon Office',
      expiresAt: '2026-03-08T12:00:00.000Z',
      invitationId: ID,
    },
    {
      template: 'access-link',
      to,
      locale,
      secret: 'vka_secret',
      accountName: 'Analytical Engines',
      byName: 'Grace Hopper',
      expiresAt: '2026-03-08T12:00:00.000Z',
      hasPassword: true,
      needsCode: true,
      accessLinkId: ID,
      secretNumber: 1,
    },
  ];
}

function digest(locale: Locale) {
  const templates = ['membership-changed', 'credential-expiring', 'access-key-new-place'];
  const items = templates.map((template) => ({ template, at: AT, facts: sampleFacts[template] }));
  return { template: 'digest', to, name, locale, items, more: 2 };
}
