/** The time, injected wherever it matters, so that a test can move it. */
export abstract class Clock {
  abstract now(): Date;
}

/** The machine's own time. */
export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}

/** A clock that stands still until it is moved. */
export class TestClock extends Clock {
  private time: number;

  constructor(start = new Date('2026-01-01T00:00:00Z')) {
    super();
    this.time = start.getTime();
  }

  now(): Date {
    return new Date(this.time);
  }

  /** Moves it on by so many milliseconds. */
  advance(milliseconds: number): void {
    this.time += milliseconds;
  }

  set(date: Date): void {
    this.time = date.getTime();
  }
}
