import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateDocuments } from './generate.ts';
import { staleDocuments } from './stale-documents.ts';

const root = join(import.meta.dirname, '../..');
let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'valetkey-docs-'));
  cpSync(join(root, 'docs'), join(copy, 'docs'), { recursive: true });
  cpSync(join(root, 'prettier.config.mjs'), join(copy, 'prettier.config.mjs'));
});
afterAll(() => rmSync(copy, { recursive: true }));

async function stale(where: string): Promise<string[]> {
  return (await staleDocuments(where)).map(({ file }) => file);
}

describe('The generated documents', () => {
  it('in this repository are those of its contracts and configurations', async () => {
    expect(await stale(root)).toEqual([]);
  });

  it('are named when they are stale, and written again as they were', async () => {
    for (const { file, content } of await generateDocuments(copy)) writeFileSync(join(copy, file), content);
    expect(await stale(copy)).toEqual([]);
    rmSync(join(copy, 'docs/openapi.json'));
    const operations = join(copy, 'docs/operations.md');
    writeFileSync(
      operations,
      readFileSync(operations, 'utf8').replace('tokens.v1.login-token.redeem', 'tokens.v1.nothing'),
    );
    expect(await stale(copy)).toEqual(['docs/openapi.json', 'docs/operations.md']);
  });

  it('cannot be written where their place is not marked', async () => {
    const operations = join(copy, 'docs/operations.md');
    writeFileSync(operations, readFileSync(operations, 'utf8').replace('<!-- end: events -->', ''));
    await expect(staleDocuments(copy)).rejects.toThrow('The markers of the section events are missing');
  });
});
