import type { Locale } from '@valetkey/contracts';
import { brand } from './brand.markup.ts';
import { type Markup, markup } from './markup.ts';
import { mailPageScript } from './mail-page.script.ts';
import { type Page, pageOf } from './page.ts';
import { pageStyle } from './page.style.ts';

/** What every page that a mail links to has to say. */
export interface MailPageTexts {
  title: string;
  withoutScript: string;
  /** What the page says, by what came to pass: `busy`, `invalid`, `incomplete`, `tooMany`, `failed`, and codes of refusals. */
  said: Readonly<Record<string, string>>;
}

interface MailPageParts {
  language: Locale;
  texts: MailPageTexts;
  /** Hidden until the script shows one of them. */
  forms: Markup;
  /** Runs after what all of these pages share. */
  script: string;
}

/** A page that a mail links to. Its links are relative, so that the gateway may stand under a path of its host. */
export function mailPage({ language, texts, forms, script }: MailPageParts): Page {
  const { title, withoutScript, said } = texts;
  const body = markup`<main>
${brand}
<h1>${title}</h1>
<noscript><p>${withoutScript}</p></noscript>
${forms}
<p id="status" role="status" aria-live="polite" tabindex="-1" data-said="${JSON.stringify(said)}"></p>
</main>`;
  return pageOf({ language, title: `${title} · Valetkey`, style: pageStyle, script: mailPageScript + script, body });
}
