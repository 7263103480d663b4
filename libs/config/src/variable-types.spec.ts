import { describe, expect, test } from '@jest/globals';
import type { z } from 'zod';
import { boolean, cidrList, duration, key32, list, port, privateJwk, publicJwk, url, wholeNumber } from './index.ts';

const PUBLIC = '{"kty":"OKP","crv":"X25519","x":"3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08"}';
const PRIVATE = PUBLIC.replace('}', ',"d":"dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo"}');

const KEY = Buffer.alloc(32, 7).toString('base64url');

const accepted: [string, z.ZodType, string, unknown][] = [
  ['a port', port, '8080', 8080],
  ['a free port', port, '0', 0],
  ['a whole number', wholeNumber(1, 9), '9', 9],
  ['a yes', boolean, 'TRUE', true],
  ['a no', boolean, '0', false],
  ['milliseconds', duration, '500ms', 500],
  ['minutes', duration, '15m', 900_000],
  ['days', duration, '7d', 604_800_000],
  ['a URL', url('nats'), 'nats://127.0.0.1:4222', 'nats://127.0.0.1:4222'],
  ['a list', list(url('http')), 'http://a , http://b', ['http://a', 'http://b']],
  ['networks', cidrList, '10.0.0.0/8, fd00::/8', ['10.0.0.0/8', 'fd00::/8']],
  ['a public key', publicJwk, PUBLIC, JSON.parse(PUBLIC)],
  ['a private key', privateJwk, PRIVATE, JSON.parse(PRIVATE)],
  ['a symmetric key', key32, KEY, KEY],
];

const refused: [string, z.ZodType, string][] = [
  ['a port too high', port, '65536'],
  ['a port in hexadecimal', port, '0x50'],
  ['a fraction', wholeNumber(0, 9), '1.5'],
  ['a number below its bound', wholeNumber(1, 9), '0'],
  ['a maybe', boolean, 'maybe'],
  ['a duration without a unit', duration, '45'],
  ['a URL of another scheme', url('https'), 'http://example.com'],
  ['a list with a gap', list(url('http')), 'http://a,,http://b'],
  ['an address that is not a network', cidrList, '10.0.0.1'],
  ['a network out of range', cidrList, '10.0.0.0/33'],
  ['a private key where a public one belongs', publicJwk, PRIVATE],
  ['a public key where a private one belongs', privateJwk, PUBLIC],
  ['a key that is not JSON', publicJwk, 'hunter2'],
  ['a key of 31 bytes', key32, Buffer.alloc(31).toString('base64url')],
];

describe('A variable', () => {
  test.each(accepted)('may be %s', (_, type, text, value) => {
    expect(type.parse(text)).toEqual(value);
  });

  test.each(refused)('may not be %s', (_, type, text) => {
    const { success, error } = type.safeParse(text);
    expect(success).toBe(false);
    expect(error?.issues.map(({ message }) => message).join()).toMatch(/^must be /);
    expect(error?.issues.map(({ message }) => message).join()).not.toContain(text);
  });
});
