import type { GuardTime } from '../guard-time.ts';

interface Alarm {
  at: number;
  ring: () => void;
}

/** A guard's time that stands still until it is moved. */
export class ManualTime implements GuardTime {
  private now = 0;
  private readonly alarms = new Set<Alarm>();

  constructor(private readonly start = Date.parse('2026-03-01T12:00:00Z')) {}

  wall(): number {
    return this.start + this.now;
  }

  monotonic(): number {
    return this.now;
  }

  after(milliseconds: number, callback: () => void): () => void {
    const alarm = { at: this.now + milliseconds, ring: callback };
    this.alarms.add(alarm);
    return () => this.alarms.delete(alarm);
  }

  /** How many wait to be called back. */
  get waiting(): number {
    return this.alarms.size;
  }

  /** Moves on by so many milliseconds; what was to happen until then happens in its order. */
  advance(milliseconds: number): void {
    const end = this.now + milliseconds;
    for (let next = this.nextUntil(end); next; next = this.nextUntil(end)) {
      this.alarms.delete(next);
      this.now = next.at;
      next.ring();
    }
    this.now = end;
  }

  private nextUntil(end: number): Alarm | undefined {
    const due = [...this.alarms].filter(({ at }) => at <= end);
    return due.sort((one, other) => one.at - other.at)[0];
  }
}
