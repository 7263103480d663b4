/**
 * Every problem code there is, with its HTTP status and title. One list: services answer with these codes, the gateway
 * turns them into `application/problem+json` (RFC 9457), clients match on `code`.
 */
export const problems = {
  malformed: { status: 400, title: 'The request is malformed' },
  unauthenticated: { status: 401, title: 'A valid credential is needed' },
  invalid_credentials: { status: 401, title: 'The e-mail address or the password is wrong' },
  invalid_token: { status: 401, title: 'The token is not valid' },
  wrong_password: { status: 401, title: 'The password is wrong' },
  forbidden: { status: 403, title: 'The role does not allow this' },
  portal_only: { status: 403, title: 'This needs a portal session' },
  link_session: { status: 403, title: 'A session from an access link may not do this' },
  key_not_allowed: { status: 403, title: 'An access key may not do this' },
  no_account: { status: 403, title: 'The session stands in no account' },
  no_organization: { status: 403, title: 'The session stands in no organization' },
  module_disabled: { status: 403, title: 'The module is turned off for this account' },
  cross_site: { status: 403, title: 'A cross-site request by cookie is refused' },
  missing_permission: { status: 403, title: 'The permission is not granted here' },
  not_found: { status: 404, title: 'There is nothing here' },
  method_not_allowed: { status: 405, title: 'The method is not allowed here' },
  name_taken: { status: 409, title: 'The name is taken' },
  session_limit_reached: { status: 409, title: 'The limit of live sessions is reached' },
  not_rotatable: { status: 409, title: 'A token in this state cannot be rotated' },
  token_ended: { status: 409, title: 'A used or expired token stays as it is' },
  idempotency_in_flight: { status: 409, title: 'A request with this idempotency key is in flight' },
  precondition_failed: { status: 412, title: 'The resource has changed meanwhile' },
  payload_too_large: { status: 413, title: 'The body is larger than 64 KiB' },
  unsupported_media_type: { status: 415, title: 'The media type is not supported' },
  guessable_password: { status: 422, title: 'The password is too easy to guess' },
  expiry_not_future: { status: 422, title: 'The expiry must lie in the future' },
  grace_not_allowed: { status: 422, title: 'A one-time token rotates without grace' },
  limit_exceeded: { status: 422, title: 'The allotments exceed the limit of the account' },
  unknown_role: { status: 422, title: 'The catalogue names a role that does not exist' },
  idempotency_mismatch: { status: 422, title: 'The idempotency key was used with another body' },
  landing_url_not_allowed: { status: 422, title: 'The landing address lies on another host' },
  too_many_requests: { status: 429, title: 'Too many tries' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  unavailable: { status: 503, title: 'A part of the platform is away' },
  revocation_pending: { status: 503, title: 'The change stands, its spreading is delayed' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problems;

/** `https://valetkey.dev/problems/<code>`: the `type` member of RFC 9457 §3.1.1. */
export function problemType(code: ProblemCode): string {
  return `https://valetkey.dev/problems/${code}`;
}
