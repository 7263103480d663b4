import { once } from 'node:events';
import { describeExit, type ServerProcess } from '@valetkey/testing/stack';
import { Refusal } from './refusal.error.ts';
import type { RunRecord } from './run-record.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const EXIT_CODE_INTERRUPTED = 130;

/**
 * The time from the stack's start to its end: by Ctrl-C, by a signal, or because something has failed. Whatever it
 * watches is stopped then, last started first. A second Ctrl-C kills at once.
 */
export class Lifetime {
  readonly #end = new AbortController();
  readonly #servers: ServerProcess[] = [];
  readonly #record: RunRecord;
  #failure: Error | undefined;

  constructor(record: RunRecord) {
    this.#record = record;
    for (const signal of SIGNALS) process.on(signal, this.#interrupt);
  }

  /** Aborted when the end has come. */
  get signal(): AbortSignal {
    return this.#end.signal;
  }

  /** Why it ended; undefined after Ctrl-C. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  /** Takes charge of a process. Should it end before it is asked to, that is the end of all. */
  watch(name: string, server: ServerProcess): void {
    this.#servers.push(server);
    void server.exited.then((exit) => this.fail(new Refusal(`${name} has ended by itself (${describeExit(exit)}).`)));
  }

  /** Takes charge of a process, and puts it on record for the next run to find. */
  async adopt(name: string, server: ServerProcess): Promise<void> {
    this.watch(name, server);
    await this.#record.add(name, server.pid);
  }

  /** Ends it. Of several reasons the first counts. */
  fail(reason: unknown): void {
    if (this.signal.aborted) return;
    this.#failure = reason instanceof Error ? reason : new Error(String(reason));
    this.#end.abort(this.#failure);
  }

  async ended(): Promise<void> {
    if (!this.signal.aborted) await once(this.signal, 'abort');
  }

  async stopAll(): Promise<void> {
    for (const server of this.#servers.toReversed()) await server.stop();
    this.#record.end();
    for (const signal of SIGNALS) process.off(signal, this.#interrupt);
  }

  readonly #interrupt = (): void => {
    if (this.signal.aborted) process.exit(EXIT_CODE_INTERRUPTED); // what is left is killed on the way out
    process.stdout.write('\nStopping … (Ctrl-C again kills at once)\n');
    this.#end.abort();
  };
}
