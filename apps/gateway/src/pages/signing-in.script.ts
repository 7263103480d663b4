/** Of the pages that tell what they are about, sign in by cookie, and go on to the account's own page. */
export const signingInScript = `
function timeOf(time, style) {
  return new Intl.DateTimeFormat(locale, style).format(new Date(time));
}

async function landIn(accountId) {
  const shown = await ask('GET', '/v1/accounts/' + accountId, undefined, 'same-origin');
  if (shown.ok && shown.answer.landingUrl) location.assign(shown.answer.landingUrl);
}
`;
