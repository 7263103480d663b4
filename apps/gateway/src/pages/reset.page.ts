import type { Locale } from '@valetkey/contracts';
import { mailPage } from './mail-page.ts';
import { markup } from './markup.ts';
import type { Page } from './page.ts';
import { resetScript } from './reset.script.ts';
import { resetTexts } from './reset.texts.ts';

/** Where a user who forgot their password names a new one. */
export function resetPage(language: Locale): Page {
  const texts = resetTexts[language];
  const forms = markup`<form hidden>
<p id="explanation">${texts.explanation}</p>
<label for="password">${texts.password}</label>
<input id="password" name="password" type="password" autocomplete="new-password" required minlength="12" maxlength="1000"
aria-describedby="explanation status">
<label for="again">${texts.again}</label>
<input id="again" name="again" type="password" autocomplete="new-password" required maxlength="1000"
aria-describedby="status">
<button>${texts.button}</button>
</form>`;
  return mailPage({ language, texts, forms, script: resetScript });
}
