import type { ProblemKind } from './problem-kind.ts';

/** The request cannot be taken as it is. */
export const problemsOfRequests = {
  malformed: {
    status: 400,
    title: 'The request is malformed',
    detail: 'See `errors` for what is wrong and where.',
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
  headers_too_large: {
    status: 431,
    title: 'The URL and the headers are too large',
    detail: 'Send shorter ones: 16 KiB is all there may be of them.',
  },
} as const satisfies Record<string, ProblemKind>;
