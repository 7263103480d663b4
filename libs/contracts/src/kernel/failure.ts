import type { ProblemCode } from './problems.ts';

/** One finding of a validation: a JSON pointer (RFC 6901) into the body and what is wrong there. */
export interface Violation {
  pointer: string;
  detail: string;
}

/** The JSON pointer to a member by its way from the root (RFC 6901 §3). */
export function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

export interface FailureExtras {
  /** Said to the caller, so never with internals or secrets. */
  detail?: string;
  errors?: Violation[];
  /** Seconds, for `Retry-After`. */
  retryAfter?: number;
}

/** A refusal as a value. Returned from a transaction it rolls the transaction back. */
export class Failure<Code extends ProblemCode = ProblemCode> {
  readonly code: Code;
  readonly extras: FailureExtras;

  constructor(code: Code, extras: FailureExtras = {}) {
    this.code = code;
    this.extras = extras;
  }
}

/** Tells a refusal from an answer whose type nobody knows. */
export function isFailure(answer: unknown): answer is Failure {
  return answer instanceof Failure;
}

/** Refuses with a code that the contract declares; another code does not compile. */
export function fail<Code extends ProblemCode, Given extends Code>(
  _contract: { errors: readonly Code[] },
  code: Given,
  extras?: FailureExtras,
): Failure<Given> {
  return new Failure(code, extras);
}
