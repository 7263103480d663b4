import { AckPolicy, type ConsumerConfig, DeliverPolicy, ReplayPolicy } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { ACCESS_SUBJECTS } from '../names.ts';

/** Where a new durable begins: with what comes from now on, at the beginning of the stream, or at a time. */
export type StartPosition = 'new' | 'beginning' | Date;

export interface DurableOptions {
  durable: string;
  start: StartPosition;
  /** All access events by default. Several need NATS 2.10. */
  filterSubjects?: readonly string[];
}

/**
 * Milliseconds after which an event that nobody acknowledged comes again. Short, so that others soon take over from a
 * replica that died; a living one that takes longer says that it is still at it.
 */
export const ACK_WAIT_MS = 5_000;

/**
 * The JetStream consumer of a durable subscriber, made by the platform's set-up: subscribers may not create one. It
 * delivers for ever, since it is the subscriber who gives an event up, by parking it.
 */
export function durableConfig({ durable, start, filterSubjects }: DurableOptions): Partial<ConsumerConfig> {
  return {
    durable_name: durable,
    ack_policy: AckPolicy.Explicit,
    ack_wait: nanos(ACK_WAIT_MS),
    max_deliver: -1,
    max_ack_pending: 1_000,
    replay_policy: ReplayPolicy.Instant,
    ...startOf(start),
    ...filterOf(filterSubjects),
  };
}

function startOf(start: StartPosition): Pick<ConsumerConfig, 'deliver_policy' | 'opt_start_time'> {
  if (start === 'new') return { deliver_policy: DeliverPolicy.New };
  if (start === 'beginning') return { deliver_policy: DeliverPolicy.All };
  return { deliver_policy: DeliverPolicy.StartTime, opt_start_time: start.toISOString() };
}

function filterOf(subjects: readonly string[] = []): Pick<ConsumerConfig, 'filter_subject' | 'filter_subjects'> {
  const [only = ACCESS_SUBJECTS, ...more] = subjects;
  return more.length === 0 ? { filter_subject: only } : { filter_subjects: [only, ...more] };
}
