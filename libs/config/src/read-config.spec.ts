import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { ConfigError, defineConfig, port, readConfig, secret, url, wholeNumber } from './index.ts';

const definition = defineConfig(
  'tokens',
  z.object({
    PORT: port.default(3000).describe('Where it listens'),
    POOL: wholeNumber(1, 100).describe('How many connections'),
    ISSUER: url('https').describe('Who it is'),
    API_SECRET: secret(z.string().min(8, 'must have 8 characters'), 'What it signs with'),
  }),
);
const complete = { POOL: '5', ISSUER: 'https://example.com', API_SECRET: 'open sesame' };

function fileWith(content: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'valetkey-config-')), 'secret');
  writeFileSync(file, content);
  return file;
}

function problemsIn(env: Record<string, string>): Record<string, string> {
  try {
    readConfig(definition, env);
  } catch (error) {
    if (error instanceof ConfigError) return Object.fromEntries(error.problems.map((p) => [p.name, p.expected]));
    throw error;
  }
  return {};
}

describe('A configuration', () => {
  test('is typed, complete with its defaults, and cannot be changed', () => {
    const config = readConfig(definition, { ...complete, UNRELATED: 'x' });
    expect(config).toEqual({ PORT: 3000, POOL: 5, ISSUER: 'https://example.com', API_SECRET: 'open sesame' });
    expect(config.PORT satisfies number).toBe(3000);
    expect(Object.isFrozen(config)).toBe(true);
  });

  test('takes an empty variable for one that is not set', () => {
    expect(readConfig(definition, { ...complete, PORT: '' }).PORT).toBe(3000);
    expect(problemsIn({ ...complete, POOL: '' })).toEqual({
      POOL: 'is required: How many connections',
    });
  });

  test('names every wrong variable with what is expected, and no value', () => {
    const wrong = { PORT: '70000', POOL: 'hunter2', ISSUER: 'http://hunter2.example', API_SECRET: 'hunter2' };
    const read = () => readConfig(definition, wrong);
    expect(read).toThrow(
      [
        'tokens cannot start, its environment is wrong:',
        '  PORT must be a whole number from 0 to 65535',
        '  POOL must be a whole number from 1 to 100',
        '  ISSUER must be a URL beginning with https://',
        '  API_SECRET must have 8 characters',
      ].join('\n'),
    );
    expect(read).not.toThrow(/hunter2|70000/);
  });

  test('declares no variable without a description', () => {
    const undescribed = z.object({ PORT: port.describe('Where it listens').default(1) });
    expect(() => defineConfig('tokens', undescribed)).toThrow('tokens: PORT needs a description, given last');
  });
});

describe('A secret', () => {
  const { API_SECRET, ...others } = complete;

  test('may be given as a file, whose last line break is not part of it', () => {
    const config = readConfig(definition, { ...others, API_SECRET_FILE: fileWith(`${API_SECRET}\n`) });
    expect(config.API_SECRET).toBe(API_SECRET);
  });

  test('is given once', () => {
    expect(problemsIn({ ...complete, API_SECRET_FILE: fileWith(API_SECRET) })).toEqual({
      API_SECRET: 'must be given once: as API_SECRET or as API_SECRET_FILE',
    });
  });

  test('from a file that is missing or empty is one problem, beside the others', () => {
    expect(problemsIn({ ...others, POOL: '0', API_SECRET_FILE: '/nowhere/secret' })).toEqual({
      POOL: 'must be a whole number from 1 to 100',
      API_SECRET: 'must be readable from the file that API_SECRET_FILE names',
    });
    expect(problemsIn({ ...others, API_SECRET_FILE: fileWith('\n') })).toEqual({
      API_SECRET: 'must not be empty in the file that API_SECRET_FILE names',
    });
  });

  test('alone is read from files', () => {
    expect(problemsIn({ ...others, API_SECRET, ISSUER: '', ISSUER_FILE: fileWith('https://example.com') })).toEqual({
      ISSUER: 'is required: Who it is',
    });
  });
});
