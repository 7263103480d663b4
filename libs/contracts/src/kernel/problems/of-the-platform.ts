import type { ProblemKind } from './problem-kind.ts';

/** It has to wait, or it is our own fault. */
export const problemsOfThePlatform = {
  too_many_requests: {
    status: 429,
    title: 'Too many tries',
    detail: 'Try again after the seconds in `Retry-After`.',
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
