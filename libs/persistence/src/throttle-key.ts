import { digest } from '@valetkey/credentials';

/** A keyed digest of what is counted, so that the table tells neither who tried nor from where. */
export function throttleKey(digestKey: string, ...parts: readonly string[]): string {
  return digest(digestKey, JSON.stringify(parts));
}
