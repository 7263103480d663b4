/** Rejects, or throws, while what it looks at is away. */
export type HealthCheck = () => Promise<void> | void;

export interface HealthReport {
  readonly status: 'ok' | 'unavailable';
  /** The names of what is away, in the order of their registration. */
  readonly away: readonly string[];
}

/** A check that has not answered by then, in milliseconds, counts as failed. */
const PATIENCE = 1_000;

/** Whether a service has what it needs in order to serve. */
export class Health {
  private readonly checks = new Map<string, HealthCheck>();

  /** @throws Error if the name is taken: one of the two would never be asked. */
  register(name: string, check: HealthCheck): void {
    if (this.checks.has(name)) throw new Error(`A health check named ${name} is registered already`);
    this.checks.set(name, check);
  }

  /** Asks all checks at once. Never rejects, and takes a second at most. */
  async report(): Promise<HealthReport> {
    const names = await Promise.all(
      [...this.checks].map(async ([name, check]) => ((await holds(check)) ? [] : [name])),
    );
    const away = names.flat();
    return { status: away.length === 0 ? 'ok' : 'unavailable', away };
  }
}

async function holds(check: HealthCheck): Promise<boolean> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(reject, PATIENCE, new Error('late'));
  try {
    await Promise.race([late, check()]);
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
