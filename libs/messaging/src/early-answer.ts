import type { Failure } from '@valetkey/contracts';

/** The answer of an earlier request with the same idempotency key, without its secret. */
export class Replayed {
  constructor(readonly value: unknown) {}
}

/** Thrown to leave a handler with an answer that every contract may give: a replay, or a refusal of the platform's own. */
export class EarlyAnswer extends Error {
  constructor(readonly answer: Failure | Replayed) {
    super('answered early');
  }
}
