import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { Logger as NestStaticLogger } from '@nestjs/common';
import { createLogger, NestLogger } from './index.ts';

const SECRET = `vkl_${'aB3'.repeat(17)}`;

/** A logger, and what it has written. */
function recorded(format: 'json' | 'pretty' = 'json', level = 'trace') {
  const lines: string[] = [];
  const logger = createLogger({ service: 'tokens', level, format }, { write: (line) => void lines.push(line) });
  return { logger, text: () => lines.join(''), entries: () => lines.map((line): unknown => JSON.parse(line)) };
}

describe('A log line', () => {
  test('is a JSON object with its time, level, service and message', () => {
    const { logger, entries } = recorded();
    logger.info({ accountId: 'a1' }, 'opened');
    expect(entries()).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        service: 'tokens',
        pid: process.pid,
        accountId: 'a1',
        msg: 'opened',
      },
    ]);
  });

  test('is one line, redacted or not', () => {
    const { logger, text } = recorded();
    logger.info('plain');
    logger.info({ password: 'hunter2' }, 'redacted');
    expect(text()).toMatch(/^[^\n]+plain[^\n]+\n[^\n]+redacted[^\n]+\n$/);
  });

  test('below the level is not written', () => {
    const { logger, text } = recorded('json', 'warn');
    logger.info('quiet');
    expect(text()).toBe('');
  });

  test.each(['json', 'pretty'])('is written at once as %s, so that a killed process has said all', (format) => {
    const script = `
      import { createLogger } from '${new URL('./logger.ts', import.meta.url).href}';
      const logger = createLogger({ service: 'tokens', level: 'info', format: '${format}' });
      for (const word of ['one', 'two', 'three']) logger.info(word);
      process.kill(process.pid, 'SIGKILL');`;
    const { stdout, signal } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      encoding: 'utf8',
    });
    expect(signal).toBe('SIGKILL');
    expect(stdout).toMatch(/one.*\n.*two.*\n.*three.*\n$/);
  });

  test('is readable in development', () => {
    const { logger, text } = recorded('pretty');
    logger.info({ token: SECRET }, `opened with ${SECRET}`);
    expect(text()).toMatch(/INFO.*: opened with \[Redacted\]/);
    expect(text()).not.toContain(SECRET);
  });
});

describe('What is never logged', () => {
  test.each([
    ['authorization', 'Bearer hunter2'],
    ['Authorization', 'Basic hunter2'],
    ['cookie', 'a=hunter2'],
    ['set-cookie', ['a=hunter2', 'b=hunter2']],
    ['password', 'hunter2'],
    ['currentPassword', 'hunter2'],
    ['secret', { nested: ['hunter2'] }],
    ['client_secret', 'hunter2'],
    ['token', 'hunter2'],
    ['access_token', 'hunter2'],
    ['code', '123456'],
    ['code', 123456],
    ['recoveryCode', 'hunter2'],
    ['recoveryCodes', ['hunter2']],
    ['challenge', 'hunter2'],
    ['DIGEST_KEY', 'hunter2'],
    ['MAIL_PRIVATE_KEY', '{"kty":"OKP","d":"hunter2"}'],
  ])('is the value of %s, at any depth', (key, value) => {
    const { logger, entries, text } = recorded();
    logger.info({ [key]: value, a: { b: [{ c: { d: { e: { [key]: value } } } }] } }, 'said');
    logger.child({ request: { [key]: value } }).info('said');
    const hidden = { [key]: '[Redacted]' };
    expect(entries()).toEqual([
      expect.objectContaining({ ...hidden, a: { b: [{ c: { d: { e: hidden } } }] }, msg: 'said' }),
      expect.objectContaining({ request: hidden, msg: 'said' }),
    ]);
    expect(text()).not.toMatch(/hunter2|123456/);
  });

  test('is one of our secrets, wherever it stands', () => {
    const { logger, text } = recorded();
    logger.info(`redeeming ${SECRET}`);
    logger.info({ url: `/v1/x?y=${SECRET}&z=1`, list: [`line\n${SECRET}`], [SECRET]: true }, 'said');
    logger.error(new Error(`no such token: ${SECRET}`));
    expect(text()).toContain('/v1/x?y=[Redacted]&z=1');
    expect(text()).not.toContain(SECRET);
  });

  test('is the password in a URL', () => {
    const { logger, entries } = recorded();
    logger.warn('cannot reach postgres://tokens:hunter2@db:5432/tokens');
    expect(entries()).toMatchObject([{ msg: 'cannot reach postgres://tokens:[Redacted]@db:5432/tokens' }]);
  });
});

describe('What stays readable', () => {
  test.each(['ECONNREFUSED', 'ERR_HTTP_HEADERS_SENT', '23505', '57P01', 'session_limit_reached', 3])(
    'is the code %s of an error',
    (code) => {
      const { logger, entries } = recorded();
      logger.error({ err: Object.assign(new Error('failed'), { code }) });
      expect(entries()).toMatchObject([{ err: { type: 'Error', message: 'failed', code } }]);
    },
  );

  test('is the id and the hint of a token', () => {
    const { logger, entries } = recorded();
    logger.info({ loginTokenId: 't1', hint: 'vkl_…ab3C', keyId: 'k' });
    expect(entries()).toMatchObject([{ loginTokenId: 't1', hint: 'vkl_…ab3C', keyId: 'k' }]);
  });
});

describe('What Nest logs', () => {
  test('goes the same way, with the part of Nest that says it', () => {
    const { logger, entries } = recorded();
    NestStaticLogger.overrideLogger(new NestLogger(logger));
    const nest = new NestStaticLogger('RouterExplorer');
    nest.log('mapped');
    nest.verbose('in detail');
    nest.error(new Error('failed'));
    nest.error('failed', 'Error: at line 1');
    nest.warn({ strange: true });
    expect(entries()).toMatchObject([
      { level: 'info', context: 'RouterExplorer', msg: 'mapped' },
      { level: 'trace', context: 'RouterExplorer', msg: 'in detail' },
      { level: 'error', context: 'RouterExplorer', msg: 'failed', err: { message: 'failed' } },
      { level: 'error', context: 'RouterExplorer', msg: 'failed', added: ['Error: at line 1'] },
      { level: 'warn', context: 'RouterExplorer', message: { strange: true } },
    ]);
  });
});
