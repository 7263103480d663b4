import { hashSecret, makeSecret } from '@valetkey/credentials';
import { inBatches } from '../harness/in-batches.ts';
import { withClient } from '../harness/with-client.ts';
import { ownerClient } from './owner-client.ts';
import type { Platform } from './platform.ts';

const BATCH = 10_000;

/** The row of a login token that was made in the ordinary way, copied with other ids, names and secrets. */
const COPY_LOGIN_TOKEN = `
  INSERT INTO login_tokens
  SELECT (jsonb_populate_record(model,
           jsonb_build_object('id', uuidv7(), 'secret_hash', hash, 'name', 'Copy ' || hash))).*
    FROM login_tokens AS model, unnest($2::text[]) AS hash
   WHERE model.secret_hash = $1`;

/** Puts so many permanent login tokens of the demo account into the tokens service's database. */
export async function seedLoginTokens(platform: Platform, count: number): Promise<void> {
  const model = hashSecret((await (await ownerClient(platform)).createLoginToken()).secret);
  const hashes = Array.from({ length: count }, () => hashSecret(makeSecret('vkl')));
  await withClient(platform.tokensDatabaseUrl, async (client) => {
    await inBatches(hashes, BATCH, async (batch) => void (await client.query(COPY_LOGIN_TOKEN, [model, batch])));
    await client.query('VACUUM (ANALYZE) login_tokens');
    // So that none comes amid the measurement.
    await client.query('CHECKPOINT');
  });
}
