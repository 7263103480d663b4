import { expect } from '@jest/globals';
import type { Client } from './client.ts';
import { eventually } from './eventually.ts';
import type { Platform } from './start-platform.ts';

/** Holds from now on at the gateway that was asked for the change, and at every other one within moments. */
export async function expectAtEveryGateway<Said>(
  { gatewayUrls: [first = '', ...others] }: Pick<Platform, 'gatewayUrls'>,
  ask: (url: string) => Promise<Said>,
  expected: NoInfer<Said>,
): Promise<void> {
  expect(await ask(first)).toEqual(expected);
  for (const url of others) {
    await eventually(`${url} says ${JSON.stringify(expected)}`, async () => {
      return JSON.stringify(await ask(url)) === JSON.stringify(expected) || undefined;
    });
  }
}

/** The session is over, wherever it is shown. */
export async function expectOut(platform: Pick<Platform, 'gatewayUrls'>, session: Client): Promise<void> {
  const code = async (url: string) => (await session.at(url).call('GET', '/v1/session')).code;
  await expectAtEveryGateway(platform, code, 'unauthenticated');
}
