interface ProblemKind {
  /** Of the answer. */
  readonly status: number;
  /** What it is, the same each time. */
  readonly title: string;
  /** What to do about it, where a refusal has nothing closer to say (RFC 9457 §3.1.4). */
  readonly detail: string;
}

/**
 * Every problem code there is, with its HTTP status, title and detail. One list: services answer with these codes, the gateway
 * turns them into `application/problem+json` (RFC 9457), clients match on `code`.
 */
export const problems = {
  malformed: {
    status: 400,
    title: 'The request is malformed',
    detail: 'See `errors` for what is wrong and where.',
  },
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
  wrong_password: {
    status: 401,
    title: 'The password is wrong',
    detail: 'Give your present password; to verify a first address, the one chosen at the sign-up.',
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
    title: 'This needs a portal session',
    detail: 'Sign in with an e-mail address and a password; sessions of login tokens may not do this.',
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
  cross_site: {
    status: 403,
    title: 'A cross-site request by cookie is refused',
    detail: 'Send it from the platform’s own pages, or with a bearer instead of a cookie.',
  },
  missing_permission: {
    status: 403,
    title: 'The permission is not granted here',
    detail: 'The role held here lacks it; somebody who manages the account can give another role.',
  },
  not_found: {
    status: 404,
    title: 'There is nothing here',
    detail: 'It does not exist, or it is out of your sight.',
  },
  method_not_allowed: {
    status: 405,
    title: 'The method is not allowed here',
    detail: 'The `Allow` header names the methods that are.',
  },
  request_timeout: {
    status: 408,
    title: 'The request took too long to arrive',
    detail: 'Send it again, whole, on a new connection.',
  },
  name_taken: {
    status: 409,
    title: 'The name is taken',
    detail: 'Choose another name.',
  },
  last_owner: {
    status: 409,
    title: 'An account keeps at least one owner',
    detail: 'Make somebody else an owner first.',
  },
  own_role: {
    status: 409,
    title: 'Nobody changes their own role',
    detail: 'Ask another owner or manager; to leave, use `DELETE …/members/me`.',
  },
  account_not_deleted: {
    status: 409,
    title: 'The account is not deleted',
    detail: 'There is nothing to restore.',
  },
  too_many_accounts: {
    status: 409,
    title: 'One user opens so many accounts and no more',
    detail: 'Delete an account that is no longer used; thirty days later there is room for another.',
  },
  already_member: {
    status: 409,
    title: 'The user has a role in this scope already',
    detail: 'Change the role of the membership that there is.',
  },
  already_invited: {
    status: 409,
    title: 'The address has a pending invitation to this scope',
    detail: 'Send that one again, or cancel it and make another.',
  },
  invitation_ended: {
    status: 409,
    title: 'The invitation is not pending any more',
    detail: 'It was accepted or canceled, or has expired; make a new one.',
  },
  email_taken: {
    status: 409,
    title: 'The address is one of yours already',
    detail: 'See the list of your addresses.',
  },
  email_not_verified: {
    status: 409,
    title: 'The address is not verified',
    detail: 'Follow the link in the mail sent there, or have it sent again.',
  },
  email_verified: {
    status: 409,
    title: 'The address is verified already',
    detail: 'There is nothing left to do.',
  },
  last_verified_email: {
    status: 409,
    title: 'A user keeps at least one verified address',
    detail: 'Verify another address first, and make it the primary one.',
  },
  two_factor_on: {
    status: 409,
    title: 'Two-factor authentication is on already',
    detail: 'Turn it off first to enrol anew.',
  },
  two_factor_off: {
    status: 409,
    title: 'Two-factor authentication is not on',
    detail: 'Begin an enrolment by `POST /v1/users/me/two-factor`.',
  },
  not_retryable: {
    status: 409,
    title: 'The mail cannot be sent again',
    detail: 'It was sent, or what it announced has ended; do what made it once more.',
  },
  session_limit_reached: {
    status: 409,
    title: 'The limit of live sessions is reached',
    detail: 'End a session that is no longer used, or ask for a higher limit.',
  },
  not_rotatable: {
    status: 409,
    title: 'A token in this state cannot be rotated',
    detail: 'It has been used or has ended; create a new token instead.',
  },
  token_ended: {
    status: 409,
    title: 'A used or expired token stays as it is',
    detail: 'Create a new token instead.',
  },
  idempotency_in_flight: {
    status: 409,
    title: 'A request with this idempotency key is in flight',
    detail: 'Wait for the first request to end, then send this one again.',
  },
  precondition_failed: {
    status: 412,
    title: 'The resource has changed meanwhile',
    detail: 'Read it again, and repeat the change with the new `ETag`.',
  },
  payload_too_large: {
    status: 413,
    title: 'The body is larger than 64 KiB',
    detail: 'Send less at a time.',
  },
  unsupported_media_type: {
    status: 415,
    title: 'The media type is not supported',
    detail: 'Set `Content-Type` to the one that the route takes, which is `application/json` for most.',
  },
  expectation_failed: {
    status: 417,
    title: 'The expectation cannot be met',
    detail: 'Send it again without `Expect`, or with `Expect: 100-continue`.',
  },
  guessable_password: {
    status: 422,
    title: 'The password is too easy to guess',
    detail: 'Choose a longer one, of words that do not belong together.',
  },
  email_limit_reached: {
    status: 422,
    title: 'A user has at most twenty addresses',
    detail: 'Remove one that is not used any more.',
  },
  wrong_name: {
    status: 422,
    title: 'The name does not match',
    detail: 'Type the name of the account exactly as it is shown.',
  },
  role_not_of_scope: {
    status: 422,
    title: 'There is no such role at this level',
    detail: 'Owners and supporters exist at the level of the account; managers and viewers everywhere.',
  },
  security_mail: {
    status: 422,
    title: 'Mail about your security cannot be put off',
    detail: 'Leave it `immediate`.',
  },
  expiry_not_future: {
    status: 422,
    title: 'The expiry must lie in the future',
    detail: 'Choose a later time.',
  },
  grace_not_allowed: {
    status: 422,
    title: 'A one-time token rotates without grace',
    detail: 'Rotate it without `graceSeconds`.',
  },
  limit_exceeded: {
    status: 422,
    title: 'The allotments exceed the limit of the account',
    detail: 'Lower the allotments, or ask platform staff for a higher limit.',
  },
  unknown_role: {
    status: 422,
    title: 'The catalogue names a role that does not exist',
    detail: 'Use the roles owner, manager, viewer and supporter.',
  },
  idempotency_mismatch: {
    status: 422,
    title: 'The idempotency key was used with another body',
    detail: 'Use a new key for each new request.',
  },
  landing_url_not_allowed: {
    status: 422,
    title: 'The landing address is not allowed',
    detail: 'Use https, on a host that the platform allows.',
  },
  too_many_requests: {
    status: 429,
    title: 'Too many tries',
    detail: 'Try again after the seconds in `Retry-After`.',
  },
  headers_too_large: {
    status: 431,
    title: 'The URL and the headers are too large',
    detail: 'Send shorter ones: 16 KiB is all there may be of them.',
  },
  internal: {
    status: 500,
    title: 'Something went wrong on our side',
    detail: 'Try again; if it stays so, tell the operators the `requestId`.',
  },
  unavailable: {
    status: 503,
    title: 'A part of the platform is away',
    detail: 'Try again after the seconds in `Retry-After`, with the same `Idempotency-Key` if it makes something.',
  },
  revocation_pending: {
    status: 503,
    title: 'The change stands, its spreading is delayed',
    detail: 'There is no need to repeat it; copies elsewhere learn of it in a moment.',
  },
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof problems;

/** `https://valetkey.dev/problems/<code>`: the `type` member of RFC 9457 §3.1.1. */
export function problemType(code: ProblemCode): string {
  return `https://valetkey.dev/problems/${code}`;
}
