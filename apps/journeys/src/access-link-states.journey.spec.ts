import { afterAll, beforeAll, it } from '@jest/globals';
import { type Platform, startPlatform } from './start-platform.ts';
import { AccessLinkModel } from './states/access-link-model.ts';
import { accessLinkSteps, beginning } from './states/access-link.steps.ts';
import { lookAtSessions } from './states/access-link-views.ts';
import { AccessLinkWorld } from './states/access-link-world.ts';
import { holdsWhateverHappens } from './states/step.ts';

let platform: Platform;
let world: AccessLinkWorld;

beforeAll(async () => {
  // So that clients may come from many addresses.
  platform = await startPlatform({ gateways: [{ TRUSTED_PROXIES: '127.0.0.1/32' }] });
  world = await AccessLinkWorld.of(platform);
});
afterAll(async () => platform.stop());

it('Whatever happens to access links, whichever service restarts meanwhile, they open what product.md says', async () => {
  await holdsWhateverHappens({
    steps: accessLinkSteps,
    begin: async () => {
      await world.begin();
      return { model: new AccessLinkModel(platform.clock), real: world };
    },
    beginning,
    end: lookAtSessions,
  });
}, 300_000);
