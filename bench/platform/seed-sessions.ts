import { hashSecret, makeSecret } from '@valetkey/credentials';
import { inBatches } from '../harness/in-batches.ts';
import { withClient } from '../harness/with-client.ts';
import { ownerClient, redeemLoginToken } from './owner-client.ts';
import type { Platform } from './platform.ts';

/** The row of a session that was opened in the ordinary way, copied with other ids and secrets. */
const COPY_SESSION = `
  INSERT INTO sessions
  SELECT (jsonb_populate_record(model, jsonb_build_object('id', uuidv7(), 'secret_hash', hash))).*
    FROM sessions AS model, unnest($2::text[]) AS hash
   WHERE model.secret_hash = $1`;

/** Puts so many sessions into the tokens service's database, so many per login token. Answers their secrets. */
export async function seedSessions(platform: Platform, count: number, perToken = 10_000): Promise<string[]> {
  const owner = await ownerClient(platform);
  const secrets = Array.from({ length: count }, () => makeSecret('vks'));
  await withClient(platform.tokensDatabaseUrl, async (client) => {
    await inBatches(secrets, perToken, async (batch) => {
      const { secret } = await owner.createLoginToken();
      const model = hashSecret(await redeemLoginToken(platform, secret));
      await client.query(COPY_SESSION, [model, batch.map(hashSecret)]);
    });
    await client.query('VACUUM (ANALYZE) sessions');
    // So that none comes amid the measurement.
    await client.query('CHECKPOINT');
  });
  return secrets;
}
