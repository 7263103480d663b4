import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { hashEntry } from './entry.ts';

const accountId = '01970000-0000-7000-8000-000000000001';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('the hash of an entry', () => {
  it('is SHA-256 over its canonical JSON for the first', () => {
    const hash = hashEntry(null, { accountId, position: 1, event: { b: [1, 'é'], a: null } });
    expect(hash).toBe(sha256(`{"accountId":"${accountId}","event":{"a":null,"b":[1,"é"]},"position":1}`));
  });

  it('begins with the previous hash for every other', () => {
    const previous = sha256('the entry before');
    const hash = hashEntry(previous, { accountId, position: 2, event: {} });
    expect(hash).toBe(sha256(`${previous}{"accountId":"${accountId}","event":{},"position":2}`));
  });

  it('is the same in whatever order the members stand', () => {
    const one = hashEntry(null, { accountId, position: 1, event: { id: 1, data: { x: 1, y: 2 } } });
    const other = hashEntry(null, { position: 1, event: { data: { y: 2, x: 1 }, id: 1 }, accountId });
    expect(one).toBe(other);
  });
});
