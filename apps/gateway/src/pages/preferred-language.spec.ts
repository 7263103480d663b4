import { expect, it } from '@jest/globals';
import { preferredLanguage } from './preferred-language.ts';

it.each([
  [undefined, 'en'],
  ['', 'en'],
  ['pt', 'pt'],
  ['pt-BR,pt;q=0.9,en;q=0.5', 'pt'],
  ['en-GB, pt;q=0.8', 'en'],
  ['de, fr;q=0.9, PT-pt;q=0.3, en;q=0.2', 'pt'],
  ['de', 'en'],
  ['pt;q=0, *', 'en'],
  ['en;q=0.1,pt;q=0.2', 'pt'],
  [';;q=,,=', 'en'],
])('who sends %j reads %s', (header, language) => {
  expect(preferredLanguage(header)).toBe(language);
});
