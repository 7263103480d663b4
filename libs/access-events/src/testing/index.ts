export { type EventFacts, makeAccessEvent } from './make-access-event.ts';
