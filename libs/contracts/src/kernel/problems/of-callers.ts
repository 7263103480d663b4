import type { ProblemKind } from './problem-kind.ts';

/** Who asks is not known, or may not. */
export const problemsOfCallers = {
  unauthenticated: {
    status: 401,
    title: 'A valid credential is needed',
    detail: 'Send the secret of a live session or access key as a bearer, or sign in anew.',
  },
  invalid_credentials: {
    status: 401,
    title: 'The e-mail address or the password is wrong',
    detail: 'Check both; an address that is not verified cannot sign in either.',
  },
  invalid_token: {
    status: 401,
    title: 'The token is not valid',
    detail: 'It is unknown, used, expired or revoked; ask whoever gave it to you for a new one.',
  },
  invalid_link: {
    status: 401,
    title: 'The access link is not valid',
    detail: 'It is unknown, expired, spent, locked or withdrawn; ask whoever sent it for a new one.',
  },
  password_required: {
    status: 401,
    title: 'The access link has a password',
    detail: 'Give the password that the sender told you another way.',
  },
  code_required: {
    status: 401,
    title: 'Two-factor authentication is on',
    detail: 'Give the code that the authenticator shows now, or a recovery code.',
  },
  wrong_password: {
    status: 401,
    title: 'The password is wrong',
    detail:
      'Give the one that is asked for: your present one, the one chosen at the sign-up, or that of the access link.',
  },
  wrong_code: {
    status: 401,
    title: 'The code is wrong',
    detail: 'Give the code that the authenticator shows now, or a recovery code; each is good once.',
  },
  forbidden: {
    status: 403,
    title: 'The role does not allow this',
    detail: 'Ask somebody who manages the account to do it, or to give you a role that may.',
  },
  portal_only: {
    status: 403,
    title: 'This needs a portal session in an account of one’s own',
    detail:
      'Sign in with an e-mail address and a password; sessions of login tokens may not do this, nor may whom a ' +
      'partnership lets into another company’s account: they move to one of their own by `PATCH /v1/session`.',
  },
  link_session: {
    status: 403,
    title: 'A session from an access link may not do this',
    detail: 'Leave the access link and sign in as yourself.',
  },
  key_not_allowed: {
    status: 403,
    title: 'An access key may not do this',
    detail: 'Sign in as a user to do this.',
  },
  no_account: {
    status: 403,
    title: 'The session stands in no account',
    detail: 'Move the session into an account by `PATCH /v1/session`.',
  },
  no_organization: {
    status: 403,
    title: 'The session stands in no organization',
    detail: 'Move the session into an organization by `PATCH /v1/session`, or ask for one it can reach.',
  },
  module_disabled: {
    status: 403,
    title: 'The module is turned off for this account',
    detail: 'Platform staff can turn it on.',
  },
  two_factor_required: {
    status: 403,
    title: 'The account requires two-factor authentication',
    detail: 'Enrol by `POST /v1/users/me/two-factor`, or stand in another account.',
  },
  sign_in_again: {
    status: 403,
    title: 'The account asks for a newer sign-in',
    detail: 'Its policy bounds how long a session lives, and this one is older; sign in again to stand there.',
  },
  invitation_for_another: {
    status: 403,
    title: 'The invitation is for another address',
    detail: 'Add the invited address to your user and verify it, or sign in as the user who has it.',
  },
  partnership_disabled: {
    status: 403,
    title: 'The partnership is disabled',
    detail: 'The partner company suspended it; its permissions come back when it activates it again.',
  },
  cross_site: {
    status: 403,
    title: 'A cross-site request by cookie is refused',
    detail: 'Send it from the platform’s own pages, or with a bearer instead of a cookie.',
  },
  missing_permission: {
    status: 403,
    title: 'The permission is not granted here',
    detail: 'What is held here, a role or what a partner company granted, lacks it; whoever gave it can give more.',
  },
} as const satisfies Record<string, ProblemKind>;
