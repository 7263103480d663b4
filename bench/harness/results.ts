import { readFile, writeFile } from 'node:fs/promises';
import type { Bar } from './bar.ts';

const file = new URL('../results.json', import.meta.url);

/** Puts the rows into `results.json`, each in the place of the one of its id; rows of scenarios that were not run stay. */
export async function keepResults(bars: Bar[]): Promise<void> {
  const kept = new Map((await readResults()).map((bar) => [bar.id, bar]));
  for (const bar of bars) kept.set(bar.id, { ...bar, value: Number(bar.value.toPrecision(4)) });
  const rows = [...kept.values()].toSorted((a, b) => a.id.localeCompare(b.id));
  if (rows.length > 0) await writeFile(file, `${JSON.stringify(rows, null, 2)}\n`);
}

async function readResults(): Promise<Bar[]> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
