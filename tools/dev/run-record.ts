import { rmSync } from 'node:fs';
import { startTimeOf } from '@valetkey/testing/stack';
import { z } from 'zod';
import { readPrivateJson, writePrivateJson } from './private-json.ts';

/** A process, told from a later one with the same number by when it started. */
const RunningProcess = z.object({ name: z.string(), pid: z.number().int(), startedAt: z.string() });
export type RunningProcess = z.infer<typeof RunningProcess>;

const Run = z.object({ runner: RunningProcess, processes: z.array(RunningProcess) });
export type Run = z.infer<typeof Run>;

/** The processes of a run, on disk: should the runner be killed, the next one finds them. */
export class RunRecord {
  readonly #file: string;
  readonly #run: Run;

  private constructor(file: string, run: Run) {
    this.#file = file;
    this.#run = run;
  }

  static async begin(file: string): Promise<RunRecord> {
    const record = new RunRecord(file, { runner: await identify('npm start', process.pid), processes: [] });
    record.#write();
    return record;
  }

  async add(name: string, pid: number): Promise<void> {
    this.#run.processes.push(await identify(name, pid));
    this.#write();
  }

  end(): void {
    rmSync(this.#file, { force: true });
  }

  #write(): void {
    writePrivateJson(this.#file, this.#run);
  }
}

export function readRun(file: string): Run | undefined {
  return readPrivateJson(file, Run);
}

export async function isRunning({ pid, startedAt }: RunningProcess): Promise<boolean> {
  return (await startTimeOf(pid)) === startedAt;
}

async function identify(name: string, pid: number): Promise<RunningProcess> {
  return { name, pid, startedAt: (await startTimeOf(pid)) ?? 'ended already' };
}
