import { Failure, recordUses } from '@valetkey/contracts';
import { Bus } from '@valetkey/messaging';
import { Clock, Logger, repeat } from '@valetkey/observability';
import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { ownContext } from './own-context.ts';

const EVERY_MS = 1_000;
/** So many are written each second, or a fifth of what waits: with more in use than this, each is written less often. */
const USUAL_BATCH = 2_000;
/** As many as one message of the bus takes. */
const MAX_BATCH = 5_000;
/** Beyond that, with nobody to write to, the uses that have waited longest are forgotten. */
const MAX_GATHERED = 100_000;

interface Use {
  /** Milliseconds since the epoch. */
  at: number;
  address: string;
}

/** Gathers when and from where credentials are used, and has it written each second: no write while verifying. */
@Injectable()
export class Uses implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly gathered = new Map<string, Use>();
  private writing?: ReturnType<typeof repeat>;

  constructor(
    private readonly bus: Bus,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  note(id: string, address: string): void {
    const known = this.gathered.get(id);
    if (known) {
      known.at = this.clock.now().getTime();
      known.address = address;
      return;
    }
    if (this.gathered.size >= MAX_GATHERED) this.forgetOldest();
    this.gathered.set(id, { at: this.clock.now().getTime(), address });
  }

  onApplicationBootstrap(): void {
    const onError = (err: unknown) => this.logger.warn({ err }, 'uses could not be written');
    this.writing = repeat({
      everyMs: EVERY_MS,
      work: async () => {
        await this.write();
      },
      onError,
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.writing?.stop();
    while (this.gathered.size > 0 && (await this.write())) continue;
  }

  /** Writes what has waited longest; false when it could not, and then it waits on, unless it was used again meanwhile. */
  async write(): Promise<boolean> {
    const batch = this.take();
    if (batch.length === 0) return true;
    const uses = batch.map(([id, { at, address }]) => ({ id, at: new Date(at).toISOString(), address }));
    const answer = await this.bus.ask(recordUses, { uses }, ownContext());
    if (!(answer instanceof Failure)) return true;
    for (const [id, use] of batch) if (!this.gathered.has(id)) this.gathered.set(id, use);
    return false;
  }

  private take(): [string, Use][] {
    const size = Math.min(MAX_BATCH, Math.max(USUAL_BATCH, Math.ceil(this.gathered.size / 5)));
    const batch: [string, Use][] = [];
    for (const entry of this.gathered) {
      if (batch.push(entry) === size) break;
    }
    for (const [id] of batch) this.gathered.delete(id);
    return batch;
  }

  private forgetOldest(): void {
    for (const id of this.gathered.keys()) {
      this.gathered.delete(id);
      return;
    }
  }
}
