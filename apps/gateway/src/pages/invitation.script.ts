/**
 * To an account: shown first, which consumes nothing. Who is signed in by cookie accepts as themselves; who has the invited
 * address signs in here, by cookie; who is new names themselves and a password. Then they go on to the account's own page.
 */
export const invitationScript = `
const { enter, code, accept, join } = document.forms;
const details = document.querySelector('#invitation');
let invitation = {};
let challenge = '';

function showInvitation() {
  const { account, by, role, scope, expiresAt } = invitation;
  const until = timeOf(expiresAt, { dateStyle: 'long' });
  const at = scope.type === 'account' ? said.wholeAccount : fill(said.scope, { scope: scope.name });
  details.textContent = fill(said.invitation, { account: account.name, by: by.name, role: said['role-' + role], at, until });
  details.hidden = false;
}

async function begin() {
  details.hidden = true;
  const shown = await ask('POST', '/v1/invitations/preview', { token });
  if (!shown.ok) return refuse(shown);
  invitation = shown.answer;
  showInvitation();
  const session = await ask('GET', '/v1/session', undefined, 'same-origin');
  if (session.ok && session.answer.kind === 'portal') return offer(session.answer.subject.name);
  return show(first());
}

function offer(name) {
  accept.querySelector('button').textContent = fill(said.acceptAs, { name });
  show(accept);
}

function first() {
  const form = invitation.registered ? enter : join;
  form.elements.email.value = invitation.email;
  return form;
}

async function goOn() {
  const { id: accountId, name: account } = invitation.account;
  details.hidden = true;
  end('joined', 'done', { account });
  const stood = await ask('PATCH', '/v1/session', { accountId }, 'same-origin');
  if (stood.ok) await landIn(accountId);
}

async function acceptSignedIn() {
  const answered = await ask('POST', '/v1/invitations/accept', { token }, 'same-origin');
  if (answered.code === 'invitation_for_another') {
    show(first());
    return say('invitation_for_another');
  }
  if (['already_member', 'own_role'].includes(answered.code)) return end(answered.code);
  return answered.ok ? goOn() : refuse(answered);
}

onSubmit(accept, acceptSignedIn);

accept.querySelector('[type=button]').addEventListener('click', () => show(first()));

onSubmit(enter, async ({ password }) => {
  const body = { email: invitation.email, password: password.value, cookie: true };
  const answered = await ask('POST', '/v1/sessions', body, 'same-origin');
  if (!answered.ok) return refuse(answered, { fields: { invalid_credentials: password } });
  if (answered.status === 201) return acceptSignedIn();
  challenge = answered.answer.challenge;
  show(code);
  say('none');
  return code.elements.code.focus();
});

onSubmit(code, async ({ code: field }) => {
  const given = field.value.trim();
  const proof = /^[0-9]{6}$/.test(given) ? { code: given } : { recoveryCode: given };
  const answered = await ask('POST', '/v1/sessions/two-factor', { challenge, ...proof, cookie: true }, 'same-origin');
  if (answered.ok) return acceptSignedIn();
  if (answered.code === 'wrong_code') return refuse(answered, { fields: { wrong_code: field } });
  show(first());
  return say(answered.code === 'invalid_token' ? 'tooLate' : 'failed');
});

onSubmit(join, async ({ name, password }) => {
  const body = { token, name: name.value, password: password.value, locale: document.documentElement.lang };
  const answered = await ask('POST', '/v1/invitations/accept', body);
  const fields = { guessable_password: password, malformed: password };
  if (!answered.ok) return refuse(answered, { fields, ended: ['invalid_token'] });
  const credentials = { email: invitation.email, password: password.value, cookie: true };
  const entered = await ask('POST', '/v1/sessions', credentials, 'same-origin');
  return entered.ok ? goOn() : end('joinedOnly', 'done');
});

onSecret('vki', () => begin().catch(() => say('failed')));
`;
