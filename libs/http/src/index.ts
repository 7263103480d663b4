export { closeGently } from './close-gently.ts';
export { IdempotencyKey } from './idempotency-key.ts';
export { BODY_LIMIT, MalformedBody, readJsonBodies } from './json-body.ts';
export { inputOf, noInputOf, partsOf } from './request-input.ts';
export { problemOf, sendProblem } from './problem.ts';
export { requestIdOf } from './request-id.ts';
export { sendAnswer } from './send-answer.ts';
