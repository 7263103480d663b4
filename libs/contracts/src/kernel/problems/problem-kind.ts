export interface ProblemKind {
  /** Of the answer. */
  readonly status: number;
  /** What it is, the same each time. */
  readonly title: string;
  /** What to do about it, where a refusal has nothing closer to say (RFC 9457 §3.1.4). */
  readonly detail: string;
}
