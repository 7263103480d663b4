import { describe, expect, it } from '@jest/globals';
import { Locale, type MailContent } from '@valetkey/contracts';
import { composeLetter } from './compose-letter.ts';
import { renderHtml } from './render-html.ts';
import { renderText } from './render-text.ts';

const PUBLIC_URL = 'https://access.example.com';
const LINK = `${PUBLIC_URL}/open/verification#vkv_secret`;

const verification = (locale: Locale): MailContent => {
  const verificationId = '01970000-0000-7000-8000-000000000001';
  return { template: 'verification', to: 'ada@example.com', locale, secret: 'vkv_secret', verificationId };
};
const alreadyRegistered = (locale: Locale, name = 'Ada'): MailContent => {
  return { template: 'already-registered', to: 'ada@example.com', locale, name };
};

describe.each(Locale.options)('the mails in %s', (locale) => {
  it('of a verification carry its link, the secret in the fragment', () => {
    const letter = composeLetter(verification(locale), PUBLIC_URL);
    expect(renderText(letter)).toContain(`\n${LINK}\n`);
    expect(renderHtml(letter)).toContain(`href="${LINK}"`);
  });

  it('to one who is registered call them by name and carry no link', () => {
    const letter = composeLetter(alreadyRegistered(locale), PUBLIC_URL);
    expect(renderText(letter)).toMatch(/^\S+ Ada[,!]\n/);
    expect(renderText(letter)).not.toContain('http');
  });

  it('say in text and in HTML what language they are in and the same words', () => {
    const letter = composeLetter(verification(locale), PUBLIC_URL);
    expect(renderHtml(letter)).toContain(`<html lang="${locale}">`);
    for (const words of [...letter.body, ...letter.notes]) {
      expect(renderText(letter)).toContain(words);
      expect(renderHtml(letter)).toContain(words);
    }
  });
});

describe.each(Locale.options)('the mail of an access link in %s', (locale) => {
  const wordsOf = (change: { hasPassword: boolean; needsCode?: boolean }) => {
    const named = { accountName: 'Acme', byName: 'Grace Hopper', expiresAt: '2026-03-08T12:00:00.000Z' };
    const announced = { accessLinkId: '01970000-0000-7000-8000-000000000001', secretNumber: 1 };
    const shown = { template: 'access-link' as const, to: 'ada@example.com', locale, secret: 'vka_secret' };
    return renderText(composeLetter({ ...shown, ...named, ...announced, ...change }, PUBLIC_URL));
  };

  it('says whose account it opens, who sent it and until when, and carries its link', () => {
    const words = wordsOf({ hasPassword: false });
    for (const said of ['Acme', 'Grace Hopper', '8 ', '2026', '12:00']) expect(words).toContain(said);
    expect(words).toContain(`\n${PUBLIC_URL}/open/access-link#vka_secret\n`);
  });

  it('says what will be asked for: a password, a code, both or nothing', () => {
    const asked = [
      { hasPassword: true, needsCode: true },
      { hasPassword: true, needsCode: false },
      { hasPassword: false, needsCode: true },
      { hasPassword: false },
    ].map((change) => {
      const words = wordsOf(change);
      return [/password|senha/.test(words), /authenticator|autenticador/.test(words)];
    });
    expect(asked).toEqual([
      [true, true],
      [true, false],
      [false, true],
      [false, false],
    ]);
  });
});

it('a name is text in HTML, whatever it looks like', () => {
  const letter = composeLetter(alreadyRegistered('en', `<img src=x onerror="alert('x')"> & co`), PUBLIC_URL);
  expect(renderHtml(letter)).toContain('&lt;img src=x onerror=&quot;alert(&#39;x&#39;)&quot;&gt; &amp; co');
  expect(renderHtml(letter)).not.toContain('<img');
});

it('no two languages have the same words', () => {
  const texts = Locale.options.map((locale) => renderText(composeLetter(verification(locale), PUBLIC_URL)));
  expect(new Set(texts).size).toBe(Locale.options.length);
});
