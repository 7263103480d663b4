import type { Command } from '../command.ts';
import { camelOf, pascalOf, wordsOf } from '../names.ts';

/** What tests must give a service whose configuration has these fragments, beside database and bus. */
const samples = [
  { fragment: 'digestVariables', line: `DIGEST_KEY: Buffer.alloc(32).toString('base64url'),` },
  { fragment: 'twoFactorVariables', line: `TWO_FACTOR_KEY: Buffer.alloc(32).toString('base64url'),` },
  {
    fragment: 'sealingVariables',
    line: `MAIL_PUBLIC_KEY: JSON.stringify(generateKeyPairSync('x25519').publicKey.export({ format: 'jwk' })),`,
  },
];

export function handlerSpecOf({ service, entity, name }: Command, config: string): string {
  const needed = samples.filter(({ fragment }) => config.includes(fragment)).map(({ line }) => line);
  const environment = needed.length > 0 ? `environment: { ${needed.join(' ')} },` : '';
  const crypto = environment.includes('generateKeyPairSync')
    ? `import { generateKeyPairSync } from 'node:crypto';\n`
    : '';
  const contract = camelOf(name);
  const id = `${camelOf(entity)}Id`;
  return `${crypto}import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig } from '@valetkey/config';
import { ${contract} } from '@valetkey/contracts';
import { anyCaller, startTestService, type TestService } from '@valetkey/testing';
import { v7 as uuidv7 } from 'uuid';
import { ${camelOf(service)}Config } from '../${service}.config.ts';
import { ${pascalOf(service)}Module } from '../${service}.module.ts';

let service: TestService;

beforeAll(async () => {
  service = await startTestService({
    service: '${service}',
    module: (environment) => ${pascalOf(service)}Module.forRoot(readConfig(${camelOf(service)}Config, environment)),
    ${environment}
  });
});
afterAll(() => service.stop());

function ask(caller = anyCaller(), ${id} = uuidv7()) {
  return service.gateway.ask(${contract}, { accountId: caller.accountId ?? '', ${id} }, service.context(caller));
}

describe('${wordsOf(name).replace(/^./, (letter) => letter.toUpperCase())}', () => {
  it('does not find an unknown ${wordsOf(entity)}', async () => {
    expect(await ask()).toMatchObject({ code: 'not_found' });
  });

  it('is not for a viewer', async () => {
    const accountId = uuidv7();
    const viewer = anyCaller({ accountId, grants: [{ scope: { type: 'account', id: accountId }, role: 'viewer' }] });
    expect(await ask(viewer)).toMatchObject({ code: 'forbidden' });
  });
});
`;
}
