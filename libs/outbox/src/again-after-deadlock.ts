const TRIES = 3;
/** PostgreSQL's deadlock_detected and serialization_failure: the transaction was chosen to yield, and may just be run again. */
const YIELDED = ['40P01', '40001'];

/** Runs a transaction again when PostgreSQL made it yield to another. */
export async function againAfterDeadlock<T>(transaction: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await transaction();
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (tries === TRIES || !YIELDED.some((yielded) => yielded === code)) throw error;
    }
  }
}
