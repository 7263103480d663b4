/**
 * Runs in the browser, before a page's own script. The secret is in the URL's fragment, which is sent to nobody; it is
 * taken from the address bar at once, so that it stays in no history and on no screen. A page speaks the texts that
 * stand in it, shows one of its forms at a time, and posts when a button is pressed.
 */
export const mailPageScript = `
'use strict';
const status = document.querySelector('[role=status]');
const said = JSON.parse(status.dataset.said);
const { lang } = document.documentElement;
const locale = navigator.language.startsWith(lang) ? navigator.language : lang;
let token = '';

function fill(text, values) {
  return text.replace(/\\{(\\w+)\\}/g, (whole, name) => values[name] ?? whole);
}

function say(what, mood = '', values = {}) {
  status.className = mood;
  status.textContent = fill(said[what] ?? '', values);
}

function show(shown) {
  for (const form of document.forms) form.hidden = form !== shown;
}

function end(what, mood = '', values = {}) {
  token = '';
  for (const form of document.forms) form.reset();
  show();
  say(what, mood, values);
  status.focus();
}

async function ask(method, path, body, credentials = 'omit') {
  const response = await fetch('..' + path, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    credentials,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const answer = text === '' ? {} : JSON.parse(text);
  const retryAfter = Number(response.headers.get('retry-after'));
  return { ok: response.ok, status: response.status, code: response.ok ? undefined : answer.code, answer, retryAfter };
}

function waitOf(seconds) {
  if (!(seconds > 0)) return said.aWhile;
  const [amount, unit] = seconds < 60 ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute'];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(amount);
}

const inAnyForm = { too_many_requests: 'tooMany', invalid_token: 'invalid' };

function refuse({ code, answer, retryAfter }, { fields = {}, ended = ['invalid_token', 'malformed'] } = {}) {
  if (ended.includes(code)) return end('invalid');
  const field = fields[code];
  say(field ? code : (inAnyForm[code] ?? 'failed'), '', { wait: waitOf(retryAfter) });
  if (code === 'guessable_password' && answer.detail) status.textContent = said.guessable_password + ' ' + answer.detail;
  if (!field) return;
  field.setAttribute('aria-invalid', 'true');
  field.focus();
  field.select();
}

function onSubmit(form, act) {
  const button = form.querySelector('button');
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (button.getAttribute('aria-disabled') === 'true') return;
    button.setAttribute('aria-disabled', 'true');
    for (const field of form.elements) field.removeAttribute('aria-invalid');
    say('busy', 'busy');
    try {
      await act(form.elements);
    } catch {
      say('failed');
    } finally {
      button.removeAttribute('aria-disabled');
    }
  });
}

function onSecret(prefix, begin) {
  const pattern = new RegExp('^' + prefix + '_[0-9A-Za-z]{49}$');
  function take() {
    const given = location.hash.slice(1);
    history.replaceState(null, '', location.pathname + location.search);
    if (given === '' && token !== '') return;
    token = pattern.test(given) ? given : '';
    show();
    if (token === '') return say('incomplete');
    say('none');
    begin();
  }
  addEventListener('hashchange', () => { if (location.hash !== '') take(); });
  take();
}
`;
