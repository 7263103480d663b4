/** Of an address: with the password of the sign-up, or without any when a user added the address. */
export const verificationScript = `
const [form] = document.forms;

onSubmit(form, async ({ password }) => {
  const body = { token, ...(password.value !== '' && { password: password.value }) };
  const answered = await ask('POST', '/v1/email-verifications', body);
  if (answered.ok) return end('confirmed', 'done');
  return refuse(answered, { fields: { wrong_password: password } });
});

onSecret('vkv', () => {
  const added = new URLSearchParams(location.search).has('added');
  form.querySelector('#sign-up').hidden = added;
  form.elements.password.required = !added;
  show(form);
});
`;
