/**
 * `npm run demo`: the product's story, played against the running stack (`npm start` in another terminal). Each step
 * is what an owner, a technician or a client does over HTTP; the last one is timed.
 */
import { join } from 'node:path';
import { apiAt } from './dev/api.ts';
import { readDevFile } from './dev/dev-file.ts';
import { tell } from './demo/tell.ts';
import { lendForAVisit } from './demo/lend-for-a-visit.ts';
import { lendAndTakeBack } from './demo/lend-and-take-back.ts';
import { letACompanyIn } from './demo/let-a-company-in.ts';
import { letSomebodyIn } from './demo/let-somebody-in.ts';
import { openAccount } from './demo/open-account.ts';
import { readTheTrail } from './demo/read-the-trail.ts';
import { runACompany } from './demo/run-a-company.ts';

try {
  const stack = readDevFile(join(import.meta.dirname, '..', '.valetkey', 'dev.json'));
  const api = apiAt(stack.gatewayUrl);
  const story = { api, stack, tell };
  const owner = await openAccount(story, { owner: 'Ada', accountName: 'Harbour Cranes', domain: 'harbour.example' });
  await lendForAVisit(story, owner);
  await lendAndTakeBack(story, owner);
  await letSomebodyIn(story, owner);
  await letACompanyIn(story, owner);
  await runACompany(story, owner);
  await readTheTrail(story, owner);
} catch (error) {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
