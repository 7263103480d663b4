import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Records } from './load/load.ts';

const SAMPLES = 20;

/** Writes the records where the load generator reads them. */
export async function writeRecords(folder: string, name: string, records: string[]): Promise<Records> {
  const path = join(folder, `${name}.txt`);
  await writeFile(path, `${records.join('\n')}\n`);
  // The last ones: a cold run, which goes on from the first, comes to them last.
  return { path, count: records.length, sample: records.slice(-SAMPLES) };
}
