/** Thrown by {@link untilInterrupted}. */
export class Interruption extends Error {}

/** The work's outcome, or an Interruption as soon as there is a Ctrl-C or a SIGTERM, so that all is put away in order. */
export async function untilInterrupted<T>(work: Promise<T>): Promise<T> {
  const interrupted = Promise.withResolvers<never>();
  const interrupt = (): void => interrupted.reject(new Interruption('Interrupted'));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, interrupt);
  return Promise.race([work, interrupted.promise]);
}
