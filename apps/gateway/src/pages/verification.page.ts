import type { Locale } from '@valetkey/contracts';
import { mailPage } from './mail-page.ts';
import { markup } from './markup.ts';
import type { Page } from './page.ts';
import { verificationScript } from './verification.script.ts';
import { verificationTexts } from './verification.texts.ts';

/**
 * Where an address is confirmed: a new user's with the secret of the mail and the password of the sign-up, one that a user
 * added (`?added`) with the secret alone.
 */
export function verificationPage(language: Locale): Page {
  const texts = verificationTexts[language];
  const forms = markup`<form hidden>
<div id="sign-up">
<p id="explanation">${texts.explanation}</p>
<label for="password">${texts.password}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required maxlength="1000"
aria-describedby="explanation status">
</div>
<button>${texts.button}</button>
</form>`;
  return mailPage({ language, texts, forms, script: verificationScript });
}
