import { type Markup, markup } from '../pages/markup.ts';
import { type Page, pageOf } from '../pages/page.ts';
import { docsStyle } from './docs.style.ts';
import { operationOf } from './operation.markup.ts';
import { jsonOf } from './schema.markup.ts';
import { ShownDocument } from './shown-document.ts';
import { withCode } from './with-code.ts';

/** An OpenAPI document of ours to read: one page, no script, nothing loaded from elsewhere. */
export function docsPage(document: object): Page {
  const shown = ShownDocument.parse(document);
  const { info, tags, components } = shown;
  const links = tags.map(({ name }) => markup`<li><a href="#${anchorOf(name)}">${name}</a></li>`);
  const body = markup`<header>
<h1>${info.title} API</h1>
${info.description.split('\n\n').map((paragraph) => markup`<p>${withCode(paragraph)}</p>`)}
<p><a href="openapi.json">OpenAPI 3.1 document</a></p>
<nav aria-label="Areas"><ul>${links}<li><a href="#schemas">Schemas</a></li></ul></nav>
</header>
<main>
${tags.map(({ name, description }) => areaOf(shown, name, description))}
<section><h2 id="schemas">Schemas</h2>
${Object.entries(components.schemas).map(([name, schema]) => schemaOf(name, schema))}
</section>
</main>`;
  return pageOf({ language: 'en', title: `${info.title} API`, style: docsStyle, body });
}

function areaOf(document: ShownDocument, area: string, description: string): Markup {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) => {
    const those = Object.entries(methods).filter(([, { tags }]) => tags.includes(area));
    return those.map(([method, operation]) => operationOf(document, `${method.toUpperCase()} ${path}`, operation));
  });
  return markup`<section><h2 id="${anchorOf(area)}">${area}</h2><p>${description}</p>${operations}</section>`;
}

function schemaOf(name: string, schema: unknown): Markup {
  return markup`<details id="schema-${name}"><summary><code>${name}</code></summary>${jsonOf(schema)}</details>`;
}

function anchorOf(area: string): string {
  return area.toLowerCase().replaceAll(' ', '-');
}
