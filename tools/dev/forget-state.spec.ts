import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { writeKeys } from '../compose/write-keys.ts';
import { forgetState } from './forget-state.ts';
import { stateIn } from './state.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'valetkey-reset-'));
});
afterEach(() => rmSync(root, { recursive: true }));

describe('npm run reset', () => {
  it('forgets all that the development stack keeps', () => {
    const { dir, pgdata, secrets } = stateIn(root);
    mkdirSync(pgdata, { recursive: true });
    writeFileSync(secrets, '{}');
    expect(forgetState({ dir })).toBe(true);
    expect(existsSync(dir)).toBe(false);
  });

  it('spares the keys of an installation', () => {
    const { dir, secrets } = stateIn(root);
    const compose = join(dir, 'compose');
    const files = [...writeKeys(compose, []), 'secrets.json'];
    writeFileSync(secrets, '{}');
    expect(forgetState({ dir })).toBe(true);
    expect(readdirSync(dir)).toEqual(['compose']);
    expect(readdirSync(compose).sort()).toEqual(files.sort());
    expect(forgetState({ dir })).toBe(false);
  });

  it('finds nothing where nothing is', () => {
    expect(forgetState(stateIn(root))).toBe(false);
  });
});
