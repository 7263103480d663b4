import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { fill, type Generator, type Load, type Question, type Round } from './load.ts';

const run = promisify(execFile);
const script = fileURLToPath(new URL('rotate.lua', import.meta.url));

/** wrk on one thread: at half of autocannon's CPU or less, which matters when servers and generator share two cores. */
export const wrk: Generator = {
  name: 'wrk',
  async run(load) {
    const folder = await mkdtemp(join(tmpdir(), 'valetkey-wrk-'));
    try {
      const template = join(folder, 'request');
      await writeFile(template, rawRequest(load));
      return outcome(await run('wrk', argumentsFor(load, template)));
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

const argumentsFor = ({ url, records, offset, connections, seconds }: Load, template: string): string[] =>
  ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '10s', '-s', script, url].concat([
    '--',
    template,
    records.path,
    String(offset % records.count),
  ]);

function rawRequest({ url, question, records }: Load): string {
  const host = new URL(url).host;
  const headers = { Host: host, ...question.headers, ...bodyLength(question, records.sample[0] ?? '') };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${question.method} ${question.path} HTTP/1.1\r\n${lines.join('')}\r\n${question.body ?? ''}`;
}

function bodyLength({ body }: Question, record: string): Record<string, string> {
  return body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(fill(body, record))) };
}

function outcome({ stdout }: { stdout: string }): Round {
  const line = stdout.split('\n').find((each) => each.startsWith('{'));
  if (line === undefined) throw new Error(`wrk printed no outcome:\n${stdout}`);
  return JSON.parse(line);
}
