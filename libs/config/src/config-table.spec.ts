import { describe, expect, test } from '@jest/globals';
import { format } from 'prettier';
import { z } from 'zod';
import {
  busVariables,
  configTable,
  databaseVariables,
  defineConfig,
  describeConfig,
  digestVariables,
  duration,
  observabilityVariables,
  readConfig,
  sealingVariables,
} from './index.ts';

const gateway = defineConfig('gateway', z.object({ ...busVariables, ...observabilityVariables }));
const tokens = defineConfig(
  'tokens',
  z.object({
    ...busVariables,
    ...databaseVariables,
    ...digestVariables,
    ...sealingVariables,
    SWEEP_EVERY: duration.prefault('30s').describe('How often | it sweeps'),
  }),
);

describe('The variables of a service', () => {
  test('are described with whether they are required, their default and whether they are secret', () => {
    const rows = new Map(describeConfig(tokens).map((row) => [row.name, row]));
    expect(rows.get('NATS_PASSWORD')).toEqual({
      name: 'NATS_PASSWORD',
      required: true,
      default: undefined,
      secret: true,
      description: 'The password of that NATS user',
    });
    expect(rows.get('DATABASE_POOL')).toMatchObject({ required: false, default: '10', secret: false });
    expect(rows.get('SWEEP_EVERY')).toMatchObject({ required: false, default: '30s' });
    expect(describeConfig(gateway).find((row) => row.name === 'OTEL_EXPORTER_OTLP_ENDPOINT')?.required).toBe(false);
  });

  test('make one table in which services share what they declare alike', () => {
    const lines = configTable([gateway, tokens]).split('\n');
    const row = (name: string) => lines.filter((line) => line.startsWith(`| \`${name}\``)).map(cells);
    expect(row('NATS_URL')).toEqual([['`NATS_URL`', 'gateway, tokens', 'yes', '', 'no', expect.any(String)]]);
    expect(row('LOG_LEVEL')).toEqual([['`LOG_LEVEL`', 'gateway', 'no', '`info`', 'no', expect.any(String)]]);
    expect(row('DIGEST_KEY')[0]?.[0]).toBe('`DIGEST_KEY` or `DIGEST_KEY_FILE`');
    expect(row('SWEEP_EVERY')[0]?.[5]).toBe('How often \\| it sweeps');
    expect(lines).toEqual([...lines.slice(0, 2), ...lines.slice(2).toSorted()]);
  });

  test('make a table that Prettier leaves as it is', async () => {
    const table = `${configTable([gateway, tokens])}\n`;
    expect(await format(table, { parser: 'markdown' })).toBe(table);
  });

  test('read as their services expect them', () => {
    const env = { NATS_URL: 'nats://a:4222,nats://b:4222', NATS_USER: 'gateway', NATS_PASSWORD: 'x' };
    expect(readConfig(gateway, env)).toEqual({
      ...env,
      NATS_URL: ['nats://a:4222', 'nats://b:4222'],
      LOG_LEVEL: 'info',
      LOG_FORMAT: 'json',
      MANAGEMENT_PORT: 9090,
    });
  });
});

function cells(line: string): string[] {
  return line
    .slice(2, -2)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
}
