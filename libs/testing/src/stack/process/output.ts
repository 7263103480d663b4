import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** A file that a process appends its output to (it goes on should we die), or what is called with each line. */
export type Output = { readonly file: string } | { readonly line: (line: string) => void };

interface Sink {
  readonly stdio: 'pipe' | number;
  follow(child: ChildProcess): void;
  release(): void;
}

export function openOutput(output: Output): Sink {
  if ('line' in output) return { stdio: 'pipe', follow: (child) => followLines(child, output.line), release() {} };
  const file = openSync(output.file, 'a', 0o600);
  return { stdio: file, follow() {}, release: () => closeSync(file) };
}

function followLines({ stdout, stderr }: ChildProcess, line: (line: string) => void): void {
  const streams = [stdout, stderr].filter((stream): stream is Readable => stream !== null);
  for (const input of streams) createInterface({ input, crlfDelay: Infinity }).on('line', line);
}
