/**
 * Of an access link: shown first, which consumes nothing. It asks for what the link needs, be that known beforehand or only
 * by a refusal; the button signs in by cookie, and they go on to the account's own page.
 */
export const accessLinkScript = `
const { enter, again } = document.forms;
const { password, code, recoveryCode } = enter.elements;
const other = enter.querySelector('[type=button]');

function want(field, wanted) {
  field.disabled = !wanted;
  field.parentElement.hidden = !wanted;
}

function wantFactor(factor) {
  want(code, factor === code);
  want(recoveryCode, factor === recoveryCode);
  other.hidden = factor === undefined;
  other.textContent = factor === recoveryCode ? said.byCode : said.byRecoveryCode;
}

other.addEventListener('click', () => {
  const factor = code.disabled ? code : recoveryCode;
  wantFactor(factor);
  say('none');
  factor.focus();
});

function offer({ account, by, expiresAt, needs }) {
  const until = timeOf(expiresAt, { dateStyle: 'long', timeStyle: 'short' });
  enter.querySelector('#offer').textContent = fill(said.offer, { account: account.name, by: by.name, until });
  want(password, needs.includes('password'));
  wantFactor(needs.includes('code') ? code : undefined);
  show(enter);
  say('none');
  enter.querySelector('input:enabled, button').focus();
}

async function begin() {
  say('busy', 'busy');
  const shown = await ask('POST', '/v1/access-links/preview', { token });
  if (shown.ok) return offer(shown.answer);
  show(again);
  return refuse(shown, { ended: ['invalid_link'] });
}

onSubmit(again, begin);

function proof() {
  return {
    ...(!password.disabled && { password: password.value }),
    ...(!code.disabled && { code: code.value.replace(' ', '') }),
    ...(!recoveryCode.disabled && { recoveryCode: recoveryCode.value }),
  };
}

onSubmit(enter, async () => {
  const answered = await ask('POST', '/v1/sessions/access-link', { token, ...proof(), cookie: true }, 'same-origin');
  if (answered.ok) {
    const { id, name: account } = answered.answer.session.account;
    end('entered', 'done', { account });
    return landIn(id);
  }
  if (answered.code === 'password_required') want(password, true);
  if (answered.code === 'code_required') wantFactor(code);
  const factor = recoveryCode.disabled ? code : recoveryCode;
  const fields = { password_required: password, wrong_password: password, code_required: code, wrong_code: factor };
  return refuse(answered, { fields, ended: ['invalid_link'] });
});

onSecret('vka', () => {
  begin().catch(() => {
    show(again);
    say('failed');
  });
});
`;
