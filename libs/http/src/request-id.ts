import { v4 as uuidv4 } from 'uuid';

/** The client's `X-Request-Id` where it is harmless in a log line and a header, else one of our own. */
export function requestIdOf(given: string | string[] | undefined): string {
  return typeof given === 'string' && /^[\x21-\x7e]{1,200}$/.test(given) ? given : uuidv4();
}
