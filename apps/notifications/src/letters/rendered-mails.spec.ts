import { describe, expect, it } from '@jest/globals';
import { Locale, MailContent } from '@valetkey/contracts';
import { sampleContents } from '../../test/sample-contents.ts';
import { matchesSnapshot } from '../../test/matches-snapshot.ts';
import { allNotices } from '../notices/all-notices.ts';
import { composeLetter } from './compose-letter.ts';
import { renderHtml } from './render-html.ts';
import { renderText } from './render-text.ts';

const PUBLIC_URL = 'https://access.example.com';
const rendered = sampleContents('en').map(({ template }) => template);

it('every template is looked at', () => {
  const templates = [...MailContent.options.map(({ shape }) => shape.template.value), ...allNotices.keys(), 'digest'];
  expect(new Set(rendered)).toEqual(new Set(templates));
});

describe.each(Locale.options)('the mails in %s', (locale) => {
  const letters = sampleContents(locale).map((content) => ({
    template: content.template,
    letter: composeLetter(content, PUBLIC_URL),
  }));

  it.each(letters)('$template reads as it was last looked at', async ({ template, letter }) => {
    await matchesSnapshot(`${template}.${locale}.txt`, `Subject: ${letter.subject}\n\n${renderText(letter)}`);
    await matchesSnapshot(`${template}.${locale}.html`, renderHtml(letter));
  });

  it.each(letters)('$template says the same in text and in HTML, and leaves nothing blank', ({ letter }) => {
    const [text, page] = [renderText(letter), renderHtml(letter)];
    for (const words of [...letter.body, ...letter.notes]) {
      expect(text).toContain(words);
      expect(page).toContain(words);
    }
    expect(page).toContain(`<html lang="${locale}">`);
    expect(text + page + letter.subject).not.toMatch(/undefined|null|NaN|\[object|\$\{|Invalid Date/);
  });

  it.each(letters)('$template leads nowhere but to the platform', ({ letter }) => {
    const links = `${renderText(letter)} ${renderHtml(letter)}`.match(/https?:[^\s"<]+/g) ?? [];
    for (const link of links) expect(new URL(link).origin).toBe(PUBLIC_URL);
  });
});

it('no two languages have the same words', () => {
  const wordsIn = (locale: Locale) =>
    new Map(
      sampleContents(locale).map((content) => [content.template, renderText(composeLetter(content, PUBLIC_URL))]),
    );
  const [english, portuguese] = [wordsIn('en'), wordsIn('pt')];
  for (const [template, words] of english) expect(portuguese.get(template)).not.toBe(words);
});
