import { fileURLToPath } from 'node:url';
import { freePort, type Postgres } from '@valetkey/testing/stack';
import { buildIfChanged } from '../../tools/dev/build.ts';
import { busUsers, demoDurable, demoSubscriber } from '../../tools/dev/bus.ts';
import { databaseOf, databaseOwners } from '../../tools/dev/databases.ts';
import { readPorts } from '../../tools/dev/ports.ts';
import { loadSecrets, passwordOf } from '../../tools/dev/secrets.ts';
import { seed } from '../../tools/dev/seed.ts';
import { platformServices, seededServices, type Service } from '../../tools/dev/services.ts';
import { type Seeded, type Stack, stackOf } from '../../tools/dev/stack.ts';
import { makeStateDir, stateIn } from '../../tools/dev/state.ts';
import { freePorts } from './free-ports.ts';
import type { Platform } from './platform.ts';
import { startBackends } from './start-backends.ts';
import { startService } from './start-service.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const FURTHER_GATEWAYS = 2;

/** The stack of `npm start`, in production mode, with three gateways, its state in the run's folder. */
export async function startPlatform(
  postgres: Postgres,
  folder: string,
  started: AsyncDisposableStack,
): Promise<Platform> {
  const [state, workspace] = [stateIn(folder), stateIn(root)];
  [state, workspace].forEach(makeStateDir);
  await buildIfChanged(workspace, new AbortController().signal);
  const ports = readPorts({ ...(await freePorts()), POSTGRES_PORT: String(postgres.port) });
  const stack = stackOf(ports, loadSecrets(state.secrets, databaseOwners, busUsers));
  await startBackends(stack, state, postgres, started);

  const pids: Record<string, number> = {};
  const start = async (services: readonly Service[]): Promise<void> => {
    for (const service of services) {
      const server = await startService(service, folder);
      started.defer(server.stop);
      pids[service.name] = server.pid;
    }
  };
  await start(platformServices(stack));
  const seeded: Seeded = await seed(stack);
  const gateways = await furtherGateways(platformServices(stack));
  await start([...seededServices(stack, seeded), ...gateways]);
  return platformOf(stack, seeded, gateways, { postgres, pids });
}

async function furtherGateways(services: readonly Service[]): Promise<Service[]> {
  const gateway = services.find(({ name }) => name === 'gateway');
  if (!gateway) throw new Error('The stack has no gateway');
  return Promise.all(
    Array.from({ length: FURTHER_GATEWAYS }, async (_, index) => {
      const [port, managementPort] = [await freePort(), await freePort()];
      const env = { ...gateway.env, PORT: String(port), MANAGEMENT_PORT: String(managementPort) };
      return { ...gateway, name: `gateway-${index + 2}`, managementPort, env };
    }),
  );
}

function platformOf(
  stack: Stack,
  { users, resourceServer }: Seeded,
  gateways: Service[],
  { postgres, pids }: { postgres: Postgres; pids: Platform['pids'] },
): Platform {
  return {
    gateways: [stack.gatewayUrl, ...gateways.map(({ env }) => `http://127.0.0.1:${env['PORT']}`)],
    subscriber: stack.devicesUrl,
    resourceServer,
    owner: users.owner,
    manager: users.manager,
    partner: users.partner,
    pids,
    tokensDatabaseUrl: postgres.url(databaseOf('tokens')),
    tenancyDatabaseUrl: postgres.url(databaseOf('tenancy')),
    events: {
      natsUrl: stack.natsUrl,
      user: demoSubscriber,
      password: passwordOf(stack.secrets.bus, demoSubscriber),
      durable: demoDurable.durable,
    },
  };
}
