import { type Markup, markup } from '../pages/markup.ts';

/** Text whose backticks are meant as code. */
export function withCode(text: string): Markup[] {
  return text.split('`').map((part, place) => (place % 2 === 1 ? markup`<code>${part}</code>` : markup`${part}`));
}
