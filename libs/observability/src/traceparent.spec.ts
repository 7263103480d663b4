import { describe, expect, test } from '@jest/globals';
import { formatTraceparent, nextTraceparent, parseTraceparent } from './index.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';

describe('A traceparent', () => {
  test('is read into its parts and written again', () => {
    const parts = { traceId: TRACE, spanId: SPAN, flags: '01' };
    expect(parseTraceparent(`00-${TRACE}-${SPAN}-01`)).toEqual(parts);
    expect(formatTraceparent(parts)).toBe(`00-${TRACE}-${SPAN}-01`);
  });

  test.each([
    ['of another version', `01-${TRACE}-${SPAN}-01`],
    ['in upper case', `00-${TRACE.toUpperCase()}-${SPAN}-01`],
    ['with a trace id of zeros', `00-${'0'.repeat(32)}-${SPAN}-01`],
    ['with a span id of zeros', `00-${TRACE}-${'0'.repeat(16)}-01`],
    ['too short', `00-${TRACE}-${SPAN}`],
    ['too long', `00-${TRACE}-${SPAN}-01-more`],
    ['with a line break', `00-${TRACE}-${SPAN}-01\n`],
    ['that is empty', ''],
  ])('%s is none', (_, text) => {
    expect(parseTraceparent(text)).toBeUndefined();
    expect(nextTraceparent(text)).not.toContain(TRACE);
  });

  test('passed on keeps the trace and its flags under a span of its own', () => {
    const next = parseTraceparent(nextTraceparent(`00-${TRACE}-${SPAN}-01`));
    expect(next).toEqual({ traceId: TRACE, spanId: expect.stringMatching(/^[0-9a-f]{16}$/), flags: '01' });
    expect(next?.spanId).not.toBe(SPAN);
  });

  test('that is missing begins a new trace', () => {
    const [one, other] = [parseTraceparent(nextTraceparent(undefined)), parseTraceparent(nextTraceparent(undefined))];
    expect(one).toEqual({ traceId: expect.any(String), spanId: expect.any(String), flags: '00' });
    expect(one?.traceId).not.toBe(other?.traceId);
  });
});
