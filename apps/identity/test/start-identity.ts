import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readConfig } from '@valetkey/config';
import {
  acceptInvitation,
  type AskOf,
  chooseStanding,
  endAddressLinks,
  endUserSessions,
  Failure,
  findInvitation,
  type InputOf,
  keepProfile,
  openAccount,
  openPortalSession,
  sendMail,
} from '@valetkey/contracts';
import { Clock } from '@valetkey/observability';
import { startTestService, type TestService } from '@valetkey/testing';
import type { INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { Client } from 'pg';
import { identityConfig } from '../src/identity.config.ts';
import { IdentityModule } from '../src/identity.module.ts';
import { PasswordStrength } from '../src/passwords/password-strength.ts';
import { MailOrdersReceived } from './mail-orders-received.ts';
import { openedSession } from './opened-session.ts';

export const OPERATOR_EMAIL = 'operator@example.com';

/** What stands in for the services that identity asks, to be varied by a test. */
export interface Neighbours {
  openAccount: (input: InputOf<typeof openAccount>) => unknown;
  chooseStanding: (input: InputOf<typeof chooseStanding>) => unknown;
  openPortalSession: (input: InputOf<typeof openPortalSession>) => unknown;
  endAddressLinks: (input: InputOf<typeof endAddressLinks>) => unknown;
  endUserSessions: (input: InputOf<typeof endUserSessions>) => unknown;
  findInvitation: (input: InputOf<typeof findInvitation>) => unknown;
  acceptInvitation: (input: InputOf<typeof acceptInvitation>) => unknown;
  /** What tenancy was told of users, in the order of its coming. */
  readonly profiles: InputOf<typeof keepProfile>[];
  readonly mails: MailOrdersReceived;
}

/** Identity on real stores, with neighbours that say yes. */
export interface TestIdentity extends TestService {
  readonly neighbours: Neighbours;
  readonly database: Client;
  /** A further process of the service, as far as one process can tell. */
  startReplica(): Promise<INestApplicationContext>;
}

export async function startIdentity(): Promise<TestIdentity> {
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  const neighbours: Neighbours = {
    openAccount: () => ({}),
    chooseStanding: () => ({ accountId: '01970000-0000-7000-8000-000000000001' }),
    openPortalSession: openedSession,
    endAddressLinks: () => ({}),
    endUserSessions: () => ({}),
    findInvitation: () => new Failure('not_found'),
    acceptInvitation: () => new Failure('not_found'),
    profiles: [],
    mails: new MailOrdersReceived(privateKey.export({ format: 'jwk' })),
  };
  let environment: Record<string, string> = {};
  const service = await startTestService({
    service: 'identity',
    module: (given) => {
      environment = given;
      return IdentityModule.forRoot(readConfig(identityConfig, given));
    },
    environment: {
      MAIL_PUBLIC_KEY: JSON.stringify(publicKey.export({ format: 'jwk' })),
      DIGEST_KEY: randomBytes(32).toString('base64url'),
      TWO_FACTOR_KEY: randomBytes(32).toString('base64url'),
      OPERATOR_EMAIL,
    },
    neighbours: [
      { contract: openAccount, answer: (input: InputOf<typeof openAccount>) => neighbours.openAccount(input) },
      { contract: chooseStanding, answer: (input: InputOf<typeof chooseStanding>) => neighbours.chooseStanding(input) },
      {
        contract: openPortalSession,
        answer: (input: InputOf<typeof openPortalSession>) => neighbours.openPortalSession(input),
      },
      {
        contract: endAddressLinks,
        answer: (input: InputOf<typeof endAddressLinks>) => neighbours.endAddressLinks(input),
      },
      {
        contract: endUserSessions,
        answer: (input: InputOf<typeof endUserSessions>) => neighbours.endUserSessions(input),
      },
      { contract: findInvitation, answer: (input: InputOf<typeof findInvitation>) => neighbours.findInvitation(input) },
      {
        contract: acceptInvitation,
        answer: (input: InputOf<typeof acceptInvitation>) => neighbours.acceptInvitation(input),
      },
      {
        contract: keepProfile,
        answer: (profile: InputOf<typeof keepProfile>) => {
          neighbours.profiles.push(profile);
          return {};
        },
      },
      { contract: sendMail, answer: (order: AskOf<typeof sendMail>) => neighbours.mails.take(order) },
    ],
  });
  await warmUp(service.app);
  const database = new Client({ connectionString: service.databaseUrl });
  await database.connect();
  const replicas: INestApplicationContext[] = [];
  return {
    ...service,
    neighbours,
    database,
    startReplica: async () => {
      const module = await Test.createTestingModule({
        imports: [IdentityModule.forRoot(readConfig(identityConfig, environment))],
      })
        .overrideProvider(Clock)
        .useValue(service.clock)
        .compile();
      const replica = await module.init();
      await warmUp(replica);
      replicas.push(replica);
      return replica;
    },
    stop: async () => {
      await database.end();
      await Promise.all(replicas.map(async (replica) => replica.close()));
      await service.stop();
    },
  };
}

/** Has the dictionaries loaded, which on a busy machine takes longer than a request may. */
async function warmUp(app: INestApplicationContext): Promise<void> {
  await app.get(PasswordStrength).weaknessOf('anything', []);
}
