import { problemsOfCallers } from './problems/of-callers.ts';
import { problemsOfRequests } from './problems/of-requests.ts';
import { problemsOfStates } from './problems/of-states.ts';
import { problemsOfThePlatform } from './problems/of-the-platform.ts';

/**
 * Every problem code there is, with its HTTP status, title and detail. One list: services answer with these codes, the gateway
 * turns them into `application/problem+json` (RFC 9457), clients match on `code`.
 */
export const problems = {
  ...problemsOfRequests,
  ...problemsOfCallers,
  ...problemsOfStates,
  ...problemsOfThePlatform,
} as const;

export type ProblemCode = keyof typeof problems;

/** `https://valetkey.dev/problems/<code>`: the `type` member of RFC 9457 §3.1.1. */
export function problemType(code: ProblemCode): string {
  return `https://valetkey.dev/problems/${code}`;
}
