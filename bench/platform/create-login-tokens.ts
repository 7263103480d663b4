import { ownerClient } from './owner-client.ts';
import type { Platform } from './platform.ts';

/** Makes permanent login tokens in the demo account and answers their secrets. */
export async function createLoginTokens(platform: Platform, count: number): Promise<string[]> {
  const owner = await ownerClient(platform);
  const secrets: string[] = [];
  while (secrets.length < count) secrets.push((await owner.createLoginToken()).secret);
  return secrets;
}
