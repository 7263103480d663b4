import { type AskOf, type CredentialState, Failure, recordUses } from '@valetkey/contracts';
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
  state: CredentialState;
  /** Milliseconds since the epoch. */
  at: number;
  /** Absent where a resource server did not name it. */
  address: string | undefined;
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

  note(state: CredentialState, address: string | undefined): void {
    const key = keyOf(state, address);
    const at = this.clock.now().getTime();
    const known = this.gathered.get(key);
    if (known) {
      known.at = at;
      known.address = address;
      return;
    }
    if (this.gathered.size >= MAX_GATHERED) this.forgetOldest();
    this.gathered.set(key, { state, at, address });
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
    const answer = await this.bus.ask(recordUses, recorded(batch.map(([, use]) => use)), ownContext());
    if (!(answer instanceof Failure)) return true;
    for (const [key, use] of batch) if (!this.gathered.has(key)) this.gathered.set(key, use);
    return false;
  }

  private take(): [string, Use][] {
    const size = Math.min(MAX_BATCH, Math.max(USUAL_BATCH, Math.ceil(this.gathered.size / 5)));
    const batch: [string, Use][] = [];
    for (const entry of this.gathered) {
      if (batch.push(entry) === size) break;
    }
    for (const [key] of batch) this.gathered.delete(key);
    return batch;
  }

  private forgetOldest(): void {
    for (const key of this.gathered.keys()) {
      this.gathered.delete(key);
      return;
    }
  }
}

/** The last use of a session is what counts; of a key the last from each address, for one may be new to it. */
function keyOf(state: CredentialState, address: string | undefined): string {
  return state.kind === 'access_key' ? `${state.id} ${address ?? ''}` : state.id;
}

function recorded(gathered: readonly Use[]): AskOf<typeof recordUses> {
  const uses: AskOf<typeof recordUses>['uses'] = [];
  const keyUses: AskOf<typeof recordUses>['keyUses'] = [];
  for (const { state, at: time, address } of gathered) {
    const use = { id: state.id, at: new Date(time).toISOString() };
    if (state.kind === 'access_key') keyUses.push({ ...use, address });
    // Where it was opened, if nobody can say better.
    else uses.push({ ...use, address: address ?? state.address });
  }
  // The version before keys refuses a list that it does not know.
  return { uses, ...(keyUses.length > 0 && { keyUses }) };
}
