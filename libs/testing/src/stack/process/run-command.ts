import { execFile } from 'node:child_process';

export interface Outcome {
  /** False too when there is no such command. */
  readonly ok: boolean;
  /** What the command wrote, or why it could not be run. */
  readonly said: string;
}

export type Run = (command: string, args: readonly string[]) => Promise<Outcome>;

/** Runs a command to its end. Never rejects. */
export const runCommand: Run = (command, args) =>
  new Promise((resolve) => {
    execFile(command, args, (error, stdout, stderr) => {
      resolve({ ok: error === null, said: `${stdout}${stderr}`.trim() || (error?.message ?? '') });
    });
  });
