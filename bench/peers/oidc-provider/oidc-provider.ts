import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startChildServer, type ChildServer } from '../../harness/child-server.ts';
import { OIDC_PROVIDER } from '../../harness/contender-name.ts';
import type { Contender } from '../../harness/contender.ts';
import { writeRecords } from '../../harness/records.ts';
import { introspectionQuestion } from '../../platform/introspection-question.ts';

const client = { clientId: crypto.randomUUID(), clientSecret: 'x'.repeat(53) };

/** @param folder where it leaves its tokens */
export async function startOidcProvider(folder: string, tokens: number): Promise<Contender & ChildServer> {
  const path = join(folder, 'oidc-provider-issued.txt');
  const args = [path, String(tokens), client.clientId, client.clientSecret];
  const server = await startChildServer(new URL('oidc-provider.server.ts', import.meta.url), args);
  return {
    name: OIDC_PROVIDER,
    question: introspectionQuestion(client, '/token/introspection'),
    records: await writeRecords(folder, 'oidc-provider', (await readFile(path, 'utf8')).split('\n')),
    accepts: (body) => body.includes('"active":true'),
    ...server,
  };
}
