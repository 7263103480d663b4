/**
 * Runs in the browser. The secret is in the URL's fragment, which is sent to nobody; it is taken from the address bar at
 * once, so that it stays in no history and on no screen. It speaks the texts that stand in the page.
 */
export const verificationScript = `
'use strict';
const form = document.querySelector('form');
const { password } = form.elements;
const button = form.querySelector('button');
const status = document.querySelector('[role=status]');
let token = '';

function say(what, mood = '') {
  status.className = mood;
  status.textContent = status.dataset[what] ?? '';
}

function takeSecret() {
  const given = location.hash.slice(1);
  history.replaceState(null, '', location.pathname);
  if (given === '' && token !== '') return;
  token = /^vkv_[0-9A-Za-z]{49}$/.test(given) ? given : '';
  form.hidden = token === '';
  say(token === '' ? 'incomplete' : 'none');
}

function end(what, mood) {
  token = '';
  form.reset();
  form.hidden = true;
  say(what, mood);
  status.focus();
}

async function answerOf(response) {
  if (response.status === 204) return end('confirmed', 'done');
  const { code } = await response.json();
  if (code === 'invalid_token' || code === 'malformed') return end('invalid');
  if (code === 'too_many_requests') return say('tooMany');
  if (code !== 'wrong_password') return say('failed');
  say('wrongPassword');
  password.setAttribute('aria-invalid', 'true');
  password.select();
}

async function confirmAddress(event) {
  event.preventDefault();
  if (button.getAttribute('aria-disabled') === 'true') return;
  button.setAttribute('aria-disabled', 'true');
  password.removeAttribute('aria-invalid');
  say('busy', 'busy');
  try {
    await answerOf(await fetch(form.dataset.action, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      credentials: 'omit',
      body: JSON.stringify({ token, password: password.value }),
    }));
  } catch {
    say('failed');
  } finally {
    button.removeAttribute('aria-disabled');
  }
}

takeSecret();
addEventListener('hashchange', () => { if (location.hash !== '') takeSecret(); });
form.addEventListener('submit', confirmAddress);
`;
