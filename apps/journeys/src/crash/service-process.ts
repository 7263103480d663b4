import { type Exit, freePort, type ServerProcess, spawnServer, waitUntil } from '@valetkey/testing/stack';

const ROOT = new URL('../../../../', import.meta.url);
const START_TIMEOUT_MS = 60_000;
const KEPT_LINES = 200;

/** A built service as a process of its own, which a test kills, stops and starts again. */
export class ServiceProcess {
  private running?: ServerProcess;
  /** The last lines it has logged, of all its lives. */
  readonly log: string[] = [];

  private constructor(
    readonly name: string,
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  static async of(name: string, environment: Readonly<Record<string, string>>): Promise<ServiceProcess> {
    const MANAGEMENT_PORT = String(await freePort());
    return new ServiceProcess(name, { LOG_LEVEL: 'warn', MANAGEMENT_PORT, ...environment });
  }

  /** Runs it, and resolves once it is ready. */
  async start(): Promise<void> {
    const running = await spawnServer({
      command: process.execPath,
      args: ['--enable-source-maps', new URL(`apps/${this.name}/dist/main.js`, ROOT).pathname],
      env: this.environment,
      output: { line: (line) => this.keep(line) },
    });
    this.running = running;
    const over = new AbortController();
    void running.exited.then(() => over.abort(new Error(`${this.name} ended: ${this.log.slice(-20).join('\n')}`)));
    await this.untilReady(over.signal);
  }

  /** Resolves once it says that it has what it needs. */
  async untilReady(signal?: AbortSignal): Promise<void> {
    const ready = await waitUntil(async () => (await this.isReady()) || undefined, {
      timeoutMs: START_TIMEOUT_MS,
      ...(signal && { signal }),
    });
    if (!ready) throw new Error(`${this.name} is not ready: ${this.log.slice(-20).join('\n')}`);
  }

  async isReady(): Promise<boolean> {
    return fetch(`http://127.0.0.1:${this.environment['MANAGEMENT_PORT']}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  }

  /** Ends it with no chance to tidy up. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** @returns how it ended, and after how many milliseconds. */
  async end(signal: NodeJS.Signals): Promise<Exit & { ms: number }> {
    if (!this.running) throw new Error(`${this.name} was never started`);
    const asked = performance.now();
    process.kill(this.running.pid, signal);
    const exit = await this.running.exited;
    return { ...exit, ms: performance.now() - asked };
  }

  async stop(): Promise<void> {
    await this.running?.stop();
  }

  private keep(line: string): void {
    this.log.push(line);
    if (this.log.length > KEPT_LINES) this.log.shift();
  }
}
