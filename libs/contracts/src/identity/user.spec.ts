import { describe, expect, it } from '@jest/globals';
import { LanguageTag } from './user.ts';

describe('The language of a user', () => {
  it.each([
    ['pt', 'pt'],
    ['pt-BR', 'pt'],
    ['PT-pt', 'pt'],
    ['pt-Latn-BR-u-hc-h12', 'pt'],
    ['en', 'en'],
    ['en-US', 'en'],
    ['de', 'en'],
    ['zh-Hant-TW', 'en'],
  ])('%s is written to in %s', (tag, locale) => {
    expect(LanguageTag.parse(tag)).toBe(locale);
  });

  it.each(['', 'p', 'pt_BR', 'pt-', 'Portuguese of Brazil', 'pt\0', 'x'.repeat(101), 7, null])(
    '%j is none',
    (value) => {
      expect(LanguageTag.safeParse(value).success).toBe(false);
    },
  );
});
