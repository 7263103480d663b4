/** The stream of access events. */
export const ACCESS_STREAM = 'ACCESS';

/** Every access event: `access.v1.<accountId | platform>.<entity>.<action>`. */
export const ACCESS_SUBJECTS = 'access.v1.>';

/** What the relays say every 500 ms: `access.heartbeat.<service>`. */
export const HEARTBEAT_SUBJECTS = 'access.heartbeat.*';

/** Where the events that a durable could not handle wait for a hand, in the stream `ACCESS_DEAD`. */
export function deadSubject(durable: string): string {
  return `dead.v1.${durable}`;
}
