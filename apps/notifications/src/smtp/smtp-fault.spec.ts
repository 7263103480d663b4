import { expect, it } from '@jest/globals';
import { SmtpFault } from './smtp-fault.ts';

it.each([
  ['no connection is the server’s affair', { code: 'ESOCKET' }, 'away'],
  [
    'a refused sign-in is the server’s affair, for good or not',
    { code: 'EAUTH', responseCode: 535, permanent: true },
    'away',
  ],
  ['whatever else went wrong is no fault of the mail', new TypeError('oops'), 'away'],
  ['a 4xx to the recipient defers the mail', { code: 'EENVELOPE', responseCode: 451, permanent: false }, 'deferred'],
  ['a 5xx to the recipient refuses the mail', { code: 'EENVELOPE', responseCode: 550, permanent: true }, 'refused'],
  ['a 5xx to the content refuses the mail', { code: 'EMESSAGE', responseCode: 554, permanent: true }, 'refused'],
  ['a recipient that cannot be said to the server refuses the mail', { code: 'EENVELOPE' }, 'refused'],
])('%s', (_what, error, kind) => {
  expect(SmtpFault.of(error).kind).toBe(kind);
});

it('tells the server’s answer, and not whom it was about', () => {
  const error = Object.assign(new Error('550 <ada@example.com> unknown'), { code: 'EENVELOPE', responseCode: 550 });
  expect(SmtpFault.of(error).message).toBe('The mail server did not take a mail: EENVELOPE 550');
});
