import { Injectable } from '@nestjs/common';

/** Wakes those who wait for mails to send, within this process. */
@Injectable()
export class Doorbell {
  private readonly waiting = new Set<() => void>();
  private count = 0;

  /** How often it has rung. */
  get rings(): number {
    return this.count;
  }

  ring(): void {
    this.count += 1;
    for (const wake of this.waiting) wake();
  }

  /** Resolves when it rings, or has rung more often than was heard; else after so many milliseconds, or on the signal. */
  async wait(heard: number, milliseconds: number, stop: AbortSignal): Promise<void> {
    if (this.count !== heard || stop.aborted) return;
    const { promise: woken, resolve } = Promise.withResolvers<undefined>();
    const wake = () => resolve(undefined);
    const timer = setTimeout(wake, milliseconds);
    stop.addEventListener('abort', wake);
    this.waiting.add(wake);
    await woken;
    clearTimeout(timer);
    stop.removeEventListener('abort', wake);
    this.waiting.delete(wake);
  }
}
