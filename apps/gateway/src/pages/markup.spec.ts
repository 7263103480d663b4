import { expect, it } from '@jest/globals';
import { markup } from './markup.ts';

it('escapes what is text, and leaves what is markup', () => {
  const inner = markup`<b>${'<i>'}</b>`;
  expect(markup`<p title="${`"'&`}">${inner}${[inner, inner]}${1}</p>`.text).toBe(
    '<p title="&quot;&#39;&amp;"><b>&lt;i&gt;</b><b>&lt;i&gt;</b><b>&lt;i&gt;</b>1</p>',
  );
});
