import { type Locale, verifyEmail } from '@valetkey/contracts';
import { markup } from './markup.ts';
import { type Page, pageOf } from './page.ts';
import { pageStyle } from './page.style.ts';
import { verificationScript } from './verification.script.ts';
import { verificationTexts } from './verification.texts.ts';

const key = markup`<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"
aria-hidden="true"><circle cx="8" cy="12" r="4"/><path d="M12 12h9m-3 0v4m-4-4v3"/></svg>`;

/** Relative, so that the gateway may stand under a path of its host. */
const action = `..${verifyEmail.http?.path ?? ''}`;

/** Where a new user confirms their address: with the secret of the mail and the password of the sign-up. */
export function verificationPage(language: Locale): Page {
  const { title, explanation, password, button, withoutScript, said } = verificationTexts[language];
  const texts = Object.entries(said).map(([what, text]) => markup` data-${what}="${text}"`);
  const body = markup`<main>
<p class="brand">${key}Valetkey</p>
<h1>${title}</h1>
<noscript><p>${withoutScript}</p></noscript>
<form hidden data-action="${action}">
<p id="explanation">${explanation}</p>
<label for="password">${password}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required maxlength="1000"
aria-describedby="explanation status">
<button>${button}</button>
</form>
<p id="status" role="status" aria-live="polite" tabindex="-1"${texts}></p>
</main>`;
  return pageOf({ language, title: `${title} · Valetkey`, style: pageStyle, script: verificationScript, body });
}
