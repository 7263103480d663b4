import { afterAll, beforeAll, it } from '@jest/globals';
import { type Platform, startPlatform } from './start-platform.ts';
import { PartnershipModel } from './states/partnership-model.ts';
import { lookAtUsers } from './states/partnership-circumstances.steps.ts';
import { beginning, partnershipSteps } from './states/partnership.steps.ts';
import { PartnershipWorld } from './states/partnership-world.ts';
import { holdsWhateverHappens } from './states/step.ts';

let platform: Platform;
let world: PartnershipWorld;

beforeAll(async () => {
  platform = await startPlatform();
  world = await PartnershipWorld.of(platform);
});
afterAll(async () => platform.stop());

it('Whatever happens to partnerships, whichever service restarts meanwhile, they let in whom product.md says', async () => {
  await holdsWhateverHappens({
    steps: partnershipSteps,
    begin: async () => {
      await world.begin();
      return { model: new PartnershipModel(platform.clock), real: world };
    },
    beginning,
    end: lookAtUsers,
  });
}, 300_000);
