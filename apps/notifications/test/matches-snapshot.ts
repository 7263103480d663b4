import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { expect } from '@jest/globals';

const folder = new URL('snapshots/', import.meta.url);
// eslint-disable-next-line no-restricted-syntax -- a developer says by it that the mails were looked at
const isRewritten = process.env['WRITE_MAILS'] === '1';

/**
 * Expects a rendered mail to be the file that somebody looked at. `WRITE_MAILS=1 npm test -- rendered-mails` writes the
 * files anew: look at them, then commit them.
 */
export async function matchesSnapshot(name: string, rendered: string): Promise<void> {
  const file = new URL(name, folder);
  if (isRewritten) {
    await mkdir(folder, { recursive: true });
    await writeFile(file, rendered);
  }
  expect(rendered).toBe(await readFile(file, 'utf8'));
}
