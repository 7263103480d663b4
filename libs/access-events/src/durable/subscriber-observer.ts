/** An event that failed, or what arrived instead of one. */
export interface FailedEvent {
  /** e.g. `access.v1.0197….session.ended` */
  subject: string;
  error: Error;
  /** How many times it was tried. */
  attempts: number;
}

/** Told how a subscriber fares, for its metrics and logs. */
export interface SubscriberObserver {
  /** So many events have had their effect. */
  handled?(count: number): void;
  /** So many came again and had no second effect. */
  duplicate?(count: number): void;
  /** One failed and will be tried again after so many milliseconds. */
  retried?(failed: FailedEvent, delayMs: number): void;
  /** One was given up: it waits in `ACCESS_DEAD`. */
  parked?(failed: FailedEvent): void;
  /** Nothing can be fetched, or nothing handled, at present. It is tried again each second. */
  stalled?(reason: string): void;
}
