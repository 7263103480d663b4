import type { ServerProcess } from '../process/server-process.ts';
import type { DatabaseOptions } from './databases.ts';

/** Thrown away when it is stopped, and in no hurry to reach the disk. */
export interface EphemeralPostgres {
  readonly ephemeral: true;
  /** A free one by default. */
  readonly port?: number;
}

/** Its data stay between starts. */
export interface KeptPostgres {
  readonly ephemeral: false;
  /** Made at the first start. Its log is beside it, named `<dataDir>.log`. */
  readonly dataDir: string;
  /** Of the superuser `postgres`, set when the data directory is made. */
  readonly password: string;
  /** A free one by default. */
  readonly port?: number;
  /** In a process group of its own, which a Ctrl-C in the terminal does not reach. */
  readonly detached?: boolean;
}

/** A PostgreSQL server on 127.0.0.1. `stop` closes the connections it has. */
export interface Postgres extends ServerProcess {
  readonly port: number;
  /** The superuser's URL of a database; of `postgres` by default. */
  url(database?: string): string;
  /** @returns the superuser's URL of the new database. */
  createDatabase(name: string, options?: DatabaseOptions): Promise<string>;
  /** Closes the connections it has; no error when there is no such database. */
  dropDatabase(name: string): Promise<void>;
}
