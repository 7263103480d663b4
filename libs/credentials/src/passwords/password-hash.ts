import { randomBytes } from 'node:crypto';
import { hash, parseOptions, verify } from '@node-rs/argon2';
import { normalForm } from './normal-form.ts';

/** argon2id, which is the library's default, with 19 MiB and two passes: OWASP Password Storage Cheat Sheet. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Compared with where there is no user, so that it takes as long. No password is behind it. */
const nobodysHash = hash(randomBytes(32), parameters);

/** In PHC form, with a salt of its own. */
export async function hashPassword(password: string): Promise<string> {
  return hash(normalForm(password), parameters);
}

/** Does the same work with no hash to compare with, and is false then. */
export async function isPassword(passwordHash: string | undefined, password: string): Promise<boolean> {
  const right = await verify(passwordHash ?? (await nobodysHash), normalForm(password));
  return right && passwordHash !== undefined;
}

/** Whether it was made with other parameters than today's. */
export function isOutdated(passwordHash: string): boolean {
  const { memoryCost, timeCost, parallelism } = parseOptions(passwordHash);
  return (
    memoryCost !== parameters.memoryCost || timeCost !== parameters.timeCost || parallelism !== parameters.parallelism
  );
}
