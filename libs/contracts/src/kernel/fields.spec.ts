import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { Scope } from './caller.ts';
import { Id, pageQuery } from './fields.ts';

const ID = '0197c7a2-00aa-7000-8000-00000000beef';

describe('An id', () => {
  it.each([ID, ID.toUpperCase(), ID.replace('beef', 'BeEf')])(
    'is the same however its hexadecimal is spelled (RFC 9562 §4): %s',
    (spelled) => {
      expect(Id.parse(spelled)).toBe(ID);
      expect(Scope.parse({ type: 'account', id: spelled })).toEqual({ type: 'account', id: ID });
    },
  );

  it('is documented as a UUID', () => {
    expect(z.toJSONSchema(Id, { io: 'input' })).toMatchObject({ type: 'string', format: 'uuid' });
  });
});

describe('The length of a page', () => {
  const Page = z.strictObject(pageQuery);

  it.each<[unknown, number]>([
    [undefined, 25],
    ['1', 1],
    ['100', 100],
    ['007', 7],
    [100, 100],
  ])('%j is %d', (limit, parsed) => {
    expect(Page.parse({ limit })).toEqual({ limit: parsed });
  });

  it.each([
    '',
    '0',
    '101',
    '1000',
    '1e1',
    '0x10',
    '0b1',
    ' 10',
    '10 ',
    '+1',
    '-1',
    '1.0',
    '1_0',
    '١',
    null,
    true,
    ['1'],
  ])('is not %j', (limit) => {
    expect(Page.safeParse({ limit }).success).toBe(false);
  });
});
