import type { Locale } from '@valetkey/contracts';
import { invitationScript } from './invitation.script.ts';
import { invitationTexts } from './invitation.texts.ts';
import { mailPage } from './mail-page.ts';
import { markup } from './markup.ts';
import type { Page } from './page.ts';
import { signingInScript } from './signing-in.script.ts';

/** Where an invitation is accepted: as who is signed in already, by signing in, or by naming oneself and a password. */
export function invitationPage(language: Locale): Page {
  const texts = invitationTexts[language];
  const { email, password, name, newPassword, hint, code, buttons } = texts;
  const forms = markup`<p id="invitation" class="offer" hidden></p>
<form name="accept" hidden>
<button></button>
<button type="button" class="other">${buttons.another}</button>
</form>
<form name="enter" hidden>
<label for="email">${email}</label>
<input id="email" name="email" type="email" autocomplete="username" readonly>
<label for="password">${password}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required maxlength="1000"
aria-describedby="status">
<button>${buttons.enter}</button>
</form>
<form name="code" hidden>
<label for="code">${code}</label>
<input id="code" name="code" autocomplete="one-time-code" required maxlength="40" aria-describedby="status">
<button>${buttons.code}</button>
</form>
<form name="join" hidden>
<label for="new-email">${email}</label>
<input id="new-email" name="email" type="email" autocomplete="username" readonly>
<label for="name">${name}</label>
<input id="name" name="name" autocomplete="name" required maxlength="120">
<label for="new-password">${newPassword}</label>
<input id="new-password" name="password" type="password" autocomplete="new-password" required minlength="12"
maxlength="1000" aria-describedby="hint status">
<p id="hint" class="hint">${hint}</p>
<button>${buttons.join}</button>
</form>`;
  return mailPage({ language, texts, forms, script: signingInScript + invitationScript });
}
