import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestBus, type TestBus } from '@valetkey/testing';
import { type Postgres, startPostgres } from '@valetkey/testing/stack';

/** PostgreSQL and NATS of a test's own, whose data outlive a `kill -9`. */
export class Servers {
  private constructor(
    private readonly home: string,
    private postgres: Postgres,
    private theBus: TestBus,
  ) {}

  static async start(): Promise<Servers> {
    const home = await mkdtemp(join(tmpdir(), 'valetkey-crash-'));
    const [postgres, bus] = await Promise.all([startDatabase(home), startTestBus({ storeDir: join(home, 'nats') })]);
    return new Servers(home, postgres, bus);
  }

  get bus(): TestBus {
    return this.theBus;
  }

  database(name: string): Promise<string> {
    return this.postgres.createDatabase(name);
  }

  /** `kill -9`, and when the work is done the start. @returns when it took connections again (`performance.now()`). */
  async crashPostgres(meanwhile: () => Promise<unknown> = async () => undefined): Promise<number> {
    const { pid, port, exited } = this.postgres;
    process.kill(pid, 'SIGKILL');
    await exited;
    await meanwhile();
    this.postgres = await startDatabase(this.home, port);
    return performance.now();
  }

  /** As {@link crashPostgres}. */
  async crashNats(meanwhile: () => Promise<unknown> = async () => undefined): Promise<number> {
    const { pid, url, exited } = this.theBus.nats;
    process.kill(pid, 'SIGKILL');
    await exited;
    await meanwhile();
    this.theBus = await startTestBus({ storeDir: join(this.home, 'nats'), port: Number(new URL(url).port) });
    return performance.now();
  }

  async stop(): Promise<void> {
    await Promise.all([this.postgres.stop(), this.theBus.stop()]);
    await rm(this.home, { recursive: true, force: true });
  }
}

/** With fsync on, as in production. */
function startDatabase(home: string, port?: number): Promise<Postgres> {
  return startPostgres({ ephemeral: false, dataDir: join(home, 'postgres'), password: 'crash', ...(port && { port }) });
}
