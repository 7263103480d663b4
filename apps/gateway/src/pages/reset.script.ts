/** Of a password: a new one, typed twice. Nobody is signed in by it. */
export const resetScript = `
const [form] = document.forms;

onSubmit(form, async ({ password, again }) => {
  if (password.value !== again.value) return refuse({ code: 'different' }, { fields: { different: again } });
  const answered = await ask('POST', '/v1/password-resets/complete', { token, password: password.value });
  if (answered.ok) return end('changed', 'done');
  const fields = { guessable_password: password, malformed: password };
  return refuse(answered, { fields, ended: ['invalid_token'] });
});

onSecret('vkr', () => show(form));
`;
