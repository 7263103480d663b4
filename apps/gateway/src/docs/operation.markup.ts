import { type Markup, markup } from '../pages/markup.ts';
import { jsonOf } from './schema.markup.ts';
import { responseOf, type ShownContent, type ShownDocument, type ShownOperation } from './shown-document.ts';
import { withCode } from './with-code.ts';

/** One route, folded up: who may ask, with what, and what it answers. */
export function operationOf(document: ShownDocument, route: string, operation: ShownOperation): Markup {
  const { operationId, summary, description, requestBody } = operation;
  return markup`<details id="${operationId}"><summary><code>${route}</code> <span>${summary}</span></summary>
<p>${description}</p>
${parametersOf(operation)}
${requestBody ? markup`<h3>Body</h3>${contentOf(requestBody.content)}` : ''}
<h3>Answers</h3><dl>${answersOf(document, operation)}</dl>
</details>`;
}

function parametersOf({ parameters }: ShownOperation): Markup[] {
  if (parameters.length === 0) return [];
  const rows = parameters.map(({ in: place, name, required, description }) => {
    const where = required ? `${place}, required` : place;
    return markup`<tr><th scope="row"><code>${name}</code></th><td>${where}</td><td>${description}</td></tr>`;
  });
  return [markup`<h3>Parameters</h3><table>${rows}</table>`];
}

function answersOf(document: ShownDocument, { responses }: ShownOperation): Markup[] {
  return Object.entries(responses).map(([status, response]) => {
    const { description, content } = responseOf(document, response);
    // What refusals look like is the same everywhere.
    const body = Number(status) < 300 ? contentOf(content) : [];
    return markup`<dt>${status}</dt><dd>${withCode(description)}${body}</dd>`;
  });
}

function contentOf(content: ShownContent = {}): Markup[] {
  return Object.entries(content).map(([type, { schema }]) => markup`<p class="type">${type}</p>${jsonOf(schema)}`);
}
