import type { ProblemKind } from './problem-kind.ts';

/** What there is, or a rule, stands against it. */
export const problemsOfStates = {
  unknown_token: {
    status: 404,
    title: 'The partner token is not known',
    detail: 'It does not exist, was used, or has lapsed; ask the partner company for a new one.',
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
  access_link_exists: {
    status: 409,
    title: 'The user has a live access link in this account',
    detail: 'Edit that one, which sends a new one, or delete it first.',
  },
  partnership_exists: {
    status: 409,
    title: 'There is a partnership with this company already',
    detail: 'Change its permissions, or revoke it first.',
  },
  partnership_not_active: {
    status: 409,
    title: 'The partnership is not active',
    detail:
      'One that is disabled can be activated by the partner; one that was revoked is over, and needs a new token.',
  },
  already_authorized: {
    status: 409,
    title: 'A user is authorized already',
    detail: 'Change the permissions of the one who is, and name only those who are not.',
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
  expiry_too_far: {
    status: 422,
    title: 'The expiry lies too far ahead',
    detail: 'An access link lives thirty days at most.',
  },
  own_link: {
    status: 422,
    title: 'Nobody makes an access link for themselves',
    detail: 'Ask another owner or supporter of the account.',
  },
  own_token: {
    status: 422,
    title: 'The partner token is one of your own account',
    detail: 'Give it to the company that shall authorize you.',
  },
  not_a_member: {
    status: 422,
    title: 'Only members of your own account can be authorized',
    detail: 'Check the ids, or invite them into the account first. Nobody was authorized.',
  },
  above_ceiling: {
    status: 422,
    title: 'The permissions exceed what the client company allows',
    detail: 'Choose among the permissions of the partnership, or ask the client company to widen them.',
  },
  unknown_permission: {
    status: 422,
    title: 'There is no such permission',
    detail: 'Choose among the permissions in the platform’s catalogue.',
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
} as const satisfies Record<string, ProblemKind>;
