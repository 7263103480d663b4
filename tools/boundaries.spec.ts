import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';

const fixture = join(import.meta.dirname, 'boundaries-fixture');
const files = globSync('**/*.ts', { cwd: fixture }).sort();
const Findings = z.array(z.object({ file: z.string(), breaks: z.array(z.string()) }));

/** `<line> <rule>` of every line that says `// breaks <rule>[ and <rule>]`. */
function announced(file: string): string[] {
  return readFileSync(join(fixture, file), 'utf8')
    .split('\n')
    .flatMap((line, index) => {
      const rules = /\/\/ breaks (.+)$/.exec(line)?.[1]?.split(' and ') ?? [];
      return rules.map((rule) => `${index + 1} ${rule}`);
    })
    .sort();
}

const wrong = files.filter((file) => announced(file).length > 0);
const right = files.filter((file) => announced(file).length === 0);

describe('The boundaries of the workspace', () => {
  const found = new Map<string, string[]>();

  beforeAll(async () => {
    // In a process of its own: ESLint loads its configuration and the project graph in ways Jest's modules do not allow.
    const lint = join(import.meta.dirname, 'lint/lint-fixture.mjs');
    const { stdout } = await promisify(execFile)(process.execPath, [lint]);
    for (const { file, breaks } of Findings.parse(JSON.parse(stdout))) found.set(file, breaks.sort());
  });

  test.each(wrong)('stop %s', (file) => {
    expect(found.get(file)).toEqual(announced(file));
  });

  test.each(right)('let %s pass', (file) => {
    expect(found.get(file)).toEqual([]);
  });
});
