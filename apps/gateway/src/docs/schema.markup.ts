import { type Markup, markup } from '../pages/markup.ts';

/** A JSON Schema as it is, its references leading to where the schema is shown. */
export function jsonOf(schema: unknown): Markup {
  const parts = JSON.stringify(schema, null, 2).split(/"#\/components\/schemas\/(\w+)"/);
  const linked = parts.map((part, place) => {
    return place % 2 === 1 ? markup`<a href="#schema-${part}">${part}</a>` : markup`${part}`;
  });
  return markup`<pre tabindex="0">${linked}</pre>`;
}
