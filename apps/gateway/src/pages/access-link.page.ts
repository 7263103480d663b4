import type { Locale } from '@valetkey/contracts';
import { accessLinkScript } from './access-link.script.ts';
import { accessLinkTexts } from './access-link.texts.ts';
import { mailPage } from './mail-page.ts';
import { markup } from './markup.ts';
import type { Page } from './page.ts';
import { signingInScript } from './signing-in.script.ts';

/** Where an access link is used: at one press of a button, with the password and the code that it may ask for. */
export function accessLinkPage(language: Locale): Page {
  const texts = accessLinkTexts[language];
  const { password, code, digits, recoveryCode, buttons } = texts;
  const forms = markup`<form name="enter" hidden>
<p id="offer" class="offer"></p>
<div hidden>
<label for="password">${password}</label>
<input id="password" name="password" type="password" autocomplete="off" required disabled maxlength="128"
aria-describedby="offer status">
</div>
<div hidden>
<label for="code">${code}</label>
<input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required disabled
pattern="[0-9]{3} ?[0-9]{3}" title="${digits}" maxlength="7" aria-describedby="offer status">
</div>
<div hidden>
<label for="recovery-code">${recoveryCode}</label>
<input id="recovery-code" name="recoveryCode" autocomplete="off" autocapitalize="none" spellcheck="false" required
disabled maxlength="100" aria-describedby="offer status">
</div>
<button aria-describedby="offer">${buttons.enter}</button>
<button type="button" class="other" hidden></button>
</form>
<form name="again" hidden>
<button>${buttons.again}</button>
</form>`;
  return mailPage({ language, texts, forms, script: signingInScript + accessLinkScript });
}
