import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generators } from './generators.ts';
import { copyWorkspace } from './workspace-copy.ts';
import { apply, readerOf } from './workspace.ts';

const root = join(import.meta.dirname, '../..');
let copy: string;
let written: string[];

beforeAll(async () => {
  copy = copyWorkspace(root);
  written = [
    ...(await generate('command', 'tokens', 'login-token', 'freeze-login-token')),
    ...(await generate('event', 'tokens', 'login-token', 'frozen')),
    ...(await generate('service', 'weather-reports', 'report')),
    ...(await generate('event', 'weather-reports', 'report', 'issued')),
    ...(await generate('command', 'weather-reports', 'report', 'issue-report')),
  ];
}, 60_000);
afterAll(() => rmSync(copy, { recursive: true }));

async function generate(kind: string, ...names: string[]): Promise<string[]> {
  const change = generators.get(kind)?.change(names, readerOf(copy));
  return change ? apply(copy, change) : [];
}

function run(...command: string[]) {
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', '--conditions=@valetkey/source'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, ...command], {
    cwd: copy,
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

describe('The generators', () => {
  it('write what type-checks together', () => {
    const config = { extends: './tsconfig.base.json', files: written.filter((file) => file.endsWith('.ts')) };
    writeFileSync(join(copy, 'tsconfig.json'), JSON.stringify(config));
    expect(run('node_modules/typescript/bin/tsc', '-p', '.')).toEqual({ status: 0, output: '' });
  }, 120_000);

  it('write specs that pass', () => {
    const specs = written.filter((file) => file.endsWith('.spec.ts'));
    expect(specs).toHaveLength(3);
    const { status, output } = run('node_modules/jest/bin/jest.js', '--ci', '--runTestsByPath', ...specs);
    expect(output).toContain('Tests:       5 passed, 5 total');
    expect(status).toBe(0);
  }, 120_000);

  it('make known what they write', () => {
    const read = (file: string) => readFileSync(join(copy, file), 'utf8');
    expect(read('libs/contracts/src/tokens/index.ts')).toContain("export * from './freeze-login-token.ts';");
    expect(read('libs/contracts/src/tokens/events.ts')).toContain('export const loginTokenFrozen = defineEvent({');
    expect(read('libs/contracts/src/weather-reports/index.ts')).toContain("export * from './events.ts';");
  });

  it('overwrite nothing', async () => {
    const again = generate('command', 'tokens', 'login-token', 'freeze-login-token');
    await expect(again).rejects.toThrow('libs/contracts/src/tokens/freeze-login-token.ts is there already.');
  });

  it('refuse names that could not be names', async () => {
    await expect(generate('command', 'tokens', 'LoginToken', 'freeze')).rejects.toThrow(
      '<entity> must be in lower case',
    );
    await expect(generate('command', 'tokens')).rejects.toThrow('<entity> must be');
    await expect(generate('command', 'nowhere', 'thing', 'make-thing')).rejects.toThrow('is not there.');
  });
});
