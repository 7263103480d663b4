const TAIL_LINES = 15;

/** A server ended, or was not ready in time, while it was being started. The message ends with its last words. */
export class FailedStartError extends Error {
  override readonly name = 'FailedStartError';
  /** What it wrote since it was started. */
  readonly log: string;

  constructor(server: string, log: string) {
    super(`${server} did not start. The end of its log:\n${log.trimEnd().split('\n').slice(-TAIL_LINES).join('\n')}`);
    this.log = log;
  }
}
