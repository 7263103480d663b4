import { Failure, recordUses } from '@valetkey/contracts';
import { Bus } from '@valetkey/messaging';
import { Clock, Logger, repeat } from '@valetkey/observability';
import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { ownContext } from './own-context.ts';

const EVERY_MS = 1_000;
const MAX_BATCH = 5_000;

interface Use {
  id: string;
  at: string;
  address: string;
}

/** Gathers when and from where credentials are used, and has it written each second: no write while verifying. */
@Injectable()
export class Uses implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private gathered = new Map<string, { at: number; address: string }>();
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
    } else this.gathered.set(id, { at: this.clock.now().getTime(), address });
  }

  onApplicationBootstrap(): void {
    const onError = (err: unknown) => this.logger.warn({ err }, 'uses could not be written');
    this.writing = repeat({ everyMs: EVERY_MS, work: () => this.write(), onError });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.writing?.stop();
    await this.write();
  }

  /** Writes what was gathered. What could not be written waits for the next time, unless it was used again meanwhile. */
  async write(): Promise<void> {
    const taken = this.gathered;
    this.gathered = new Map();
    const uses: Use[] = [...taken].map(([id, { at, address }]) => ({ id, at: new Date(at).toISOString(), address }));
    for (let from = 0; from < uses.length; from += MAX_BATCH) {
      const batch = uses.slice(from, from + MAX_BATCH);
      const answer = await this.bus.ask(recordUses, { uses: batch }, ownContext());
      if (!(answer instanceof Failure)) continue;
      for (const { id, at, address } of uses.slice(from)) {
        if (!this.gathered.has(id)) this.gathered.set(id, { at: Date.parse(at), address });
      }
      return;
    }
  }
}
