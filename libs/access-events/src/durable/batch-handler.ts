import type { AccessEvent } from '../access-event.ts';

/** What a handler may say of the events it was given: how many of them it had handled before. */
export interface Handled {
  duplicates: number;
}

/**
 * Handles events, in the order of the stream: all of them or, when it throws, none. At least once each, so it must bear
 * to get one again; `once` sees to that. `places` are the events' numbers in the stream, one for each.
 */
export type BatchHandler = (
  events: readonly AccessEvent[],
  places: readonly number[],
) => Promise<Handled> | Promise<void>;
