import { describe, expect, it } from '@jest/globals';
import { sessionEnded } from '@valetkey/contracts';
import { decodeAccessEvent } from './access-event.ts';
import { makeAccessEvent } from './testing/index.ts';
import { UndecodableEventError } from './undecodable-event.error.ts';

const bytesOf = (value: unknown) => Buffer.from(JSON.stringify(value));
const event = makeAccessEvent(sessionEnded, {
  data: { kind: 'portal', subject: { type: 'user', id: 'ada' }, reason: 'signed-out' },
});

describe('An access event', () => {
  it('is read from CloudEvents JSON', () => {
    expect(decodeAccessEvent(bytesOf(event))).toEqual(event);
  });

  it('may carry attributes that we do not know yet', () => {
    expect(decodeAccessEvent(bytesOf({ ...event, partitionkey: 'new' }))).toEqual(event);
  });

  it.each([
    ['no JSON', Buffer.from('access!')],
    ['no UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ['no event', bytesOf({ hello: 'world' })],
    ['of another version of CloudEvents', bytesOf({ ...event, specversion: '2.0' })],
  ])('is refused when it is %s', (_what, bytes) => {
    expect(() => decodeAccessEvent(bytes)).toThrow(UndecodableEventError);
  });
});
