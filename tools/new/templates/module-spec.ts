import { camelOf, pascalOf, wordsOf } from '../names.ts';

export function moduleSpecOf(name: string): string {
  const [config, module] = [`${camelOf(name)}Config`, `${pascalOf(name)}Module`];
  return `import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig } from '@valetkey/config';
import { Health } from '@valetkey/observability';
import { startTestService, type TestService } from '@valetkey/testing';
import { ${config} } from './${name}.config.ts';
import { ${module} } from './${name}.module.ts';

let service: TestService;

beforeAll(async () => {
  service = await startTestService({
    service: '${name}',
    module: (environment) => ${module}.forRoot(readConfig(${config}, environment)),
  });
});
afterAll(() => service.stop());

describe('The service ${wordsOf(name)}', () => {
  it('is ready once its database is migrated and the bus is there', async () => {
    expect(await service.app.get(Health).report()).toEqual({ status: 'ok', away: [] });
  });
});
`;
}
