import { setTimeout as sleep } from 'node:timers/promises'; // breaks @typescript-eslint/no-restricted-imports

export const wrong = [
  sleep,
  setTimeout, // breaks no-restricted-globals
];
