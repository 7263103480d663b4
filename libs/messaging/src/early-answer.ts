import type { Failure } from '@valetkey/contracts';

/** The answer of an earlier request with the same idempotency key, without its secret. */
export class Replayed {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

/** Thrown to leave a handler with an answer that every contract may give: a replay, or a refusal of the platform's own. */
export class EarlyAnswer extends Error {
  readonly answer: Failure | Replayed;

  constructor(answer: Failure | Replayed) {
    super('answered early');
    this.answer = answer;
  }
}
