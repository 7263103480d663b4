import { generateKeyPairSync } from 'node:crypto';
import {
  AccessEventEnvelope,
  type AskOf,
  type Caller,
  type Contract,
  Failure,
  grantMembership,
  listVerifiedEmails,
  openAccount,
  type ProblemCode,
  type RequestContext,
  type Role,
  type Scope,
  sendMail,
} from '@valetkey/contracts';
import { readConfig } from '@valetkey/config';
import type { Bus } from '@valetkey/messaging';
import { type Schedule, scheduleOf } from '@valetkey/observability';
import { anyCaller, startTestService, type TestService, type TestServiceOptions } from '@valetkey/testing';
import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import { PurgeAccountsJob } from '../src/accounts/purge-accounts.job.ts';
import { ExpireInvitationsJob } from '../src/invitations/expire-invitations.job.ts';
import { LapsePartnerTokensJob } from '../src/partnerships/lapse-partner-tokens.job.ts';
import { SettleGrantsJob } from '../src/partnerships/settle-grants.job.ts';
import { tenancyConfig } from '../src/tenancy.config.ts';
import { TenancyModule } from '../src/tenancy.module.ts';
import { InvitationMails } from './invitation-mails.ts';

export interface Tenant {
  accountId: string;
  ownerId: string;
  /** The owner's portal session. */
  owner: Caller;
}

export interface Member {
  userId: string;
  membershipId: string;
  /** Their portal session, with the rights of this membership alone. */
  caller: Caller;
}

/** What identity says of users' addresses: each has their primary one and one more. */
const verifiedEmails = {
  contract: listVerifiedEmails,
  answer: ({ userId }: AskOf<typeof listVerifiedEmails>) => ({
    emails: [`${userId}@acme.example`, `${userId}@private.example`].map((email) => ({ id: uuidv7(), email })),
  }),
};

/** Tenancy on real stores, with what its specs keep doing. */
export class Tenancy {
  private constructor(
    readonly service: TestService,
    readonly identity: Bus,
    readonly mails: InvitationMails,
    private readonly database: Client,
  ) {}

  static async start(
    environment: Record<string, string> = {},
    neighbours: TestServiceOptions['neighbours'] = [],
  ): Promise<Tenancy> {
    const { publicKey, privateKey } = generateKeyPairSync('x25519');
    const mails = new InvitationMails(privateKey.export({ format: 'jwk' }));
    const service = await startTestService({
      service: 'tenancy',
      module: (given) => TenancyModule.forRoot(readConfig(tenancyConfig, given)),
      environment: {
        LOG_LEVEL: 'error',
        MAIL_PUBLIC_KEY: JSON.stringify(publicKey.export({ format: 'jwk' })),
        ...environment,
      },
      neighbours: [
        { contract: sendMail, answer: (order: AskOf<typeof sendMail>) => mails.take(order) },
        ...(neighbours.some(({ contract }) => contract === listVerifiedEmails) ? [] : [verifiedEmails]),
        ...neighbours,
      ],
    });
    // A test says when time has its effect.
    for (const job of [ExpireInvitationsJob, LapsePartnerTokensJob, PurgeAccountsJob, SettleGrantsJob])
      await service.app.get<Schedule>(scheduleOf(job)).stop();
    const database = new Client({ connectionString: service.databaseUrl });
    await database.connect();
    return new Tenancy(service, await service.as('identity'), mails, database);
  }

  async stop(): Promise<void> {
    await this.database.end();
    await this.service.stop();
  }

  /** Asks as the gateway does for a caller, and takes no refusal. */
  async ask<I extends z.ZodType, O extends z.ZodType, E extends ProblemCode>(
    contract: Contract<I, O, E>,
    input: z.input<I>,
    caller?: Caller,
    more?: Partial<RequestContext>,
  ): Promise<z.output<O>> {
    return succeed(await this.service.gateway.ask(contract, input, this.service.context(caller, more)));
  }

  /** Asks as the gateway does for a caller: the code of the refusal. */
  async refusal<I extends z.ZodType, O extends z.ZodType, E extends ProblemCode>(
    contract: Contract<I, O, E>,
    input: z.input<I>,
    caller?: Caller,
    more?: Partial<RequestContext>,
  ): Promise<ProblemCode | undefined> {
    const answer = await this.service.gateway.ask(contract, input, this.service.context(caller, more));
    return answer instanceof Failure ? answer.code : undefined;
  }

  async openAccount(name = 'Acme'): Promise<Tenant> {
    const [accountId, ownerId] = [uuidv7(), uuidv7()];
    const owner = { userId: ownerId, name: 'Ada Owner', primaryEmail: `${ownerId}@acme.example`, version: 1 };
    succeed(await this.identity.ask(openAccount, { accountId, accountName: name, owner }, this.service.context()));
    return { accountId, ownerId, owner: portalOf(ownerId, accountId, 'owner') };
  }

  /** Makes a new user a member, or the one named a further one. */
  async join(
    accountId: string,
    scope: Scope,
    role: Role,
    who: { userId?: string; name?: string; email?: string } = {},
  ): Promise<Member> {
    const { userId = uuidv7(), name = 'Max Member', email } = who;
    const user = { userId, name, primaryEmail: email ?? `${userId}@acme.example`, version: 1 };
    const asked = { accountId, user, scope, role };
    this.moveOn();
    const { membershipId } = succeed(await this.identity.ask(grantMembership, asked, this.service.context()));
    return { userId, membershipId, caller: portalOf(userId, accountId, role, scope) };
  }

  async makeGroup(accountId: string, name?: string): Promise<string> {
    const id = this.newId();
    const values = [id, accountId, name ?? id, this.service.clock.now()];
    await this.sql('INSERT INTO groups (id, account_id, name, version, created_at) VALUES ($1, $2, $3, 1, $4)', values);
    return id;
  }

  async makeOrganization(
    accountId: string,
    { name, groupId }: { name?: string; groupId?: string } = {},
  ): Promise<string> {
    const id = this.newId();
    await this.sql(
      'INSERT INTO organizations (id, account_id, name, group_id, version, created_at) VALUES ($1, $2, $3, $4, 1, $5)',
      [id, accountId, name ?? id, groupId ?? null, this.service.clock.now()],
    );
    return id;
  }

  /** What was told of an account or, without one, of the platform: oldest first. */
  async eventsOf(accountId = 'platform'): Promise<AccessEventEnvelope[]> {
    const rows = await this.sql('SELECT body FROM outbox WHERE starts_with(subject, $1) ORDER BY id', [
      `access.v1.${accountId}.`,
    ]);
    return rows.map(({ body }) => AccessEventEnvelope.parse(JSON.parse(String(body))));
  }

  async sql(text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
    return (await this.database.query<Record<string, unknown>>(text, values)).rows;
  }

  /** Ids made in one millisecond have no order. */
  private moveOn(): void {
    this.service.clock.advance(1);
  }

  private newId(): string {
    this.moveOn();
    return uuidv7({ msecs: this.service.clock.now().getTime() });
  }
}

/** A user's portal session in an account, as the gateway sees it by this one membership. */
export function portalOf(userId: string, accountId: string, role: Role, scope?: Scope): Caller {
  const grants = [{ scope: scope ?? { type: 'account' as const, id: accountId }, role }];
  return anyCaller({ accountId, subject: { type: 'user', id: userId, name: 'Max Member' }, grants });
}

export function succeed<T>(answer: T | Failure): T {
  if (answer instanceof Failure) throw new Error(`refused with ${answer.code}`);
  return answer;
}
