import { describe, expect, it } from '@jest/globals';
import { durableConfig } from './durable-config.ts';

describe('A durable', () => {
  it('waits for an acknowledgement of each event and delivers for ever', () => {
    expect(durableConfig({ durable: 'devices', start: 'new' })).toEqual({
      durable_name: 'devices',
      ack_policy: 'explicit',
      ack_wait: 5_000_000_000,
      max_deliver: -1,
      max_ack_pending: 1_000,
      replay_policy: 'instant',
      deliver_policy: 'new',
      filter_subject: 'access.v1.>',
    });
  });

  it('can start at the beginning or at a time', () => {
    const start = new Date('2026-03-01T12:00:00Z');
    expect(durableConfig({ durable: 'devices', start: 'beginning' }).deliver_policy).toBe('all');
    expect(durableConfig({ durable: 'devices', start })).toMatchObject({
      deliver_policy: 'by_start_time',
      opt_start_time: '2026-03-01T12:00:00.000Z',
    });
  });

  it('can be narrowed to some subjects', () => {
    const [sessions, keys] = ['access.v1.*.session.>', 'access.v1.*.access-key.>'];
    expect(durableConfig({ durable: 'devices', start: 'new', filterSubjects: [sessions] }).filter_subject).toBe(
      sessions,
    );
    expect(durableConfig({ durable: 'devices', start: 'new', filterSubjects: [sessions, keys] })).toMatchObject({
      filter_subjects: [sessions, keys],
    });
  });
});
