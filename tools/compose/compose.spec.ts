import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, test } from '@jest/globals';
import { readConfig } from '@valetkey/config';
import { configDefinitions } from '../docs/config-definitions.ts';
import { databaseOwners } from '../dev/databases.ts';
import { environmentOf, readComposeFile } from './compose-file.ts';
import { writeKeys } from './write-keys.ts';

const root = join(import.meta.dirname, '../..');
const dir = mkdtempSync(join(tmpdir(), 'valetkey-compose-'));
writeKeys(dir, []);
afterAll(() => rmSync(dir, { recursive: true }));

const services = readComposeFile(root);
const definitions = await configDefinitions(root);
const own = Object.entries(services).filter(([, { command }]) => command?.[0] === 'node');

/** What the operator names once the example's credentials are made. */
const given: Record<string, Record<string, string>> = {
  'example-devices': { CLIENT_ID: '0197a5a0-0000-7000-8000-000000000001', CLIENT_SECRET: 'vkx_secret' },
};

function environment(name: string): Record<string, string> {
  const service = services[name];
  if (!service) throw new Error(`There is no service ${name}`);
  return { ...environmentOf(service, dir), ...given[name] };
}

describe('docker-compose.yml', () => {
  it('runs every service that has a configuration, and the set-up of the bus', () => {
    expect(own.map(([name]) => name)).toEqual(expect.arrayContaining(definitions.map(({ service }) => service)));
  });

  test.each(definitions)('gives $service what it needs to start, and nothing that it does not know', (definition) => {
    const env = environment(definition.service);
    expect(() => readConfig(definition, env)).not.toThrow();
    expect(Object.keys(definition.variables.shape)).toEqual(expect.arrayContaining(Object.keys(env)));
  });

  test.each(definitions)('lets $service speak on the bus as itself', ({ service }) => {
    const { NATS_USER: user, NATS_PASSWORD: password } = environment(service);
    expect(user).toBe(service === 'example-devices' ? 'devices' : service);
    const natsConf = readFileSync(join(dir, 'nats.conf'), 'utf8');
    expect(natsConf).toContain(`{ user: ${JSON.stringify(user)}, password: ${JSON.stringify(password)},`);
  });

  test.each(databaseOwners)('lets %s alone serve its own subjects', (service) => {
    const users = readFileSync(join(dir, 'nats.conf'), 'utf8').split('{ user: ').slice(1);
    const serving = users.filter((user) => /subscribe: (\[.*?\])/.exec(user)?.[1]?.includes(`"gw.${service}.>"`));
    expect(serving).toEqual([expect.stringMatching(`^"${service}",`)]);
  });

  test.each(databaseOwners)('gives %s a database that no other service has', (service) => {
    const owners = own.filter(([name]) => environment(name)['DATABASE_URL']?.includes(`valetkey_${service}`));
    expect(owners.map(([name]) => name)).toEqual([service]);
  });

  it('asks each service for its health where it answers', () => {
    for (const [name, { healthcheck }] of own.filter(([service]) => service !== 'setup')) {
      expect(healthcheck?.test?.join(' ')).toContain(`127.0.0.1:${environment(name)['MANAGEMENT_PORT']}/health/ready`);
    }
  });

  it('can run several of each but the gateway: no name and no port of the host is taken', () => {
    const fixed = Object.entries(services).filter(([, { ports }]) => ports.some((port) => port.includes(':')));
    expect(fixed.map(([name]) => name).sort()).toEqual(['gateway', 'mailpit']);
    expect(Object.values(services).filter((service) => service.container_name !== undefined)).toEqual([]);
  });

  it('holds no secret', () => {
    const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
    for (const [name] of own) {
      const { NATS_PASSWORD: password } = environment(name);
      expect(password).toHaveLength(43);
      expect(text).not.toContain(password);
    }
  });
});
