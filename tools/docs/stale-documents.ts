import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GeneratedDocument, generateDocuments } from './generate.ts';

/** The documents that do not stand in the workspace as they would be generated now. */
export async function staleDocuments(root: string): Promise<GeneratedDocument[]> {
  const documents = await generateDocuments(root);
  return documents.filter(({ file, content }) => read(join(root, file)) !== content);
}

function read(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
