import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { Refusal } from '../dev/refusal.error.ts';

/** New files and changed ones, by their paths from the workspace's root. */
export interface Change {
  readonly files: Readonly<Record<string, string>>;
  readonly edits: Readonly<Record<string, (text: string) => string>>;
}

/** The text of a file by its path from the root; undefined where there is none. */
export type Read = (file: string) => string | undefined;

export function readerOf(root: string): Read {
  return (file) => (existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : undefined);
}

/**
 * Carries out a change, formatted as the house does. Returns the files, in order.
 *
 * @throws Refusal, before anything is written, when a file is there already or one to edit is not.
 */
export async function apply(root: string, { files, edits }: Change): Promise<string[]> {
  const read = readerOf(root);
  for (const file of Object.keys(files)) if (read(file) !== undefined) throw new Refusal(`${file} is there already.`);
  const edited = Object.entries(edits).map(([file, edit]) => {
    const text = read(file);
    if (text === undefined) throw new Refusal(`${file} is not there.`);
    return [file, edit(text)] as const;
  });
  const written = [...Object.entries(files), ...edited];
  for (const [file, text] of written) await write(join(root, file), text);
  return written.map(([file]) => file).sort();
}

async function write(path: string, text: string): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, await format(text, { ...(await resolveConfig(path)), filepath: path }));
}
