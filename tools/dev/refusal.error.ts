/** Why the stack is not started, or ends, in words for whoever started it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
