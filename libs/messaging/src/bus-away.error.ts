/**
 * Nobody answers: the connection is away, or went; nobody serves the subject; or the answer is late. But for
 * `no_responders`, what was sent may have been heard or not.
 */
export class BusAwayError extends Error {
  override readonly name = 'BusAwayError';

  constructor(readonly reason: 'disconnected' | 'no_responders' | 'timeout') {
    super(`The bus does not answer: ${reason}`);
  }
}
