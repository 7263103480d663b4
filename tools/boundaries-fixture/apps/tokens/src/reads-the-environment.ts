import process, { env } from 'node:process'; // breaks no-restricted-syntax

export const wrong = [
  env,
  process.env, // breaks no-restricted-syntax
  process['env'], // breaks no-restricted-syntax
  globalThis.process.env, // breaks no-restricted-syntax
];
export const { env: copy } = process; // breaks no-restricted-syntax
