import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { AccessEvent } from '@valetkey/access-events';
import { readConfig } from '@valetkey/config';
import {
  AccessEventEnvelope,
  AccessKeyState,
  type AskOf,
  type Caller,
  checkScope,
  chooseStanding,
  type Contract,
  createAccessKey,
  createLoginToken,
  type CredentialState,
  Failure,
  findStayers,
  type InputOf,
  type ProblemCode,
  redeemLoginToken,
  type RequestContext,
  sendMail,
  SessionState,
  verifyCredentials,
} from '@valetkey/contracts';
import { hashSecret } from '@valetkey/credentials';
import { RelaySignals } from '@valetkey/messaging';
import { type Schedule, scheduleOf } from '@valetkey/observability';
import { anyCaller, startTestService, type TestService } from '@valetkey/testing';
import { waitUntil } from '@valetkey/testing/stack';
import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import { ApplyAccountEvents } from '../src/accounts/apply-account-events.ts';
import { SweepSessionsJob } from '../src/sweeps/sweep-sessions.job.ts';
import { tokensConfig } from '../src/tokens.config.ts';
import { TokensModule } from '../src/tokens.module.ts';
import { AccountEvents } from './account-events.ts';
import { LinkMails } from './link-mails.ts';
import { LinkPeople } from './link-people.ts';

export const MILLISECOND = 1;
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

/** An account's owner at the portal. */
export type Owner = Caller & { accountId: string };

/** The tokens service on real stores beside a tenancy of ours, with what its specs keep doing. */
export class Tokens {
  private stopping?: Promise<void>;

  private constructor(
    readonly service: TestService,
    private readonly database: Client,
    /** Groups and organizations that tenancy knows, in any account. */
    readonly knownScopes: Set<string>,
    /** Where users may stand no more: `<user id> <id of the account or organization>`, or `… in <account>`. */
    readonly lostPlaces: Set<string>,
    /** What happens as soon as tenancy knows where somebody may stand; it answers after. */
    readonly afterChoice: { happens?: () => unknown },
    /** What happens before tenancy says who of an account's users may stay there. */
    readonly beforeStayers: { happens?: (userIds: readonly string[]) => Promise<unknown> },
    /** Whom access links are for, and who makes them. */
    readonly people: LinkPeople,
    /** Those of access links. */
    readonly mails: LinkMails,
  ) {}

  static async start(environment: Record<string, string> = {}): Promise<Tokens> {
    const [knownScopes, lostPlaces] = [new Set<string>(), new Set<string>()];
    const afterChoice: Tokens['afterChoice'] = {};
    const beforeStayers: Tokens['beforeStayers'] = {};
    const people = new LinkPeople();
    const { publicKey, privateKey } = generateKeyPairSync('x25519');
    const mails = new LinkMails(privateKey.export({ format: 'jwk' }));
    const service = await startTestService({
      service: 'tokens',
      module: (given) => TokensModule.forRoot(readConfig(tokensConfig, given)),
      environment: {
        DIGEST_KEY: randomBytes(32).toString('base64url'),
        MAIL_PUBLIC_KEY: JSON.stringify(publicKey.export({ format: 'jwk' })),
        ...environment,
      },
      neighbours: [
        ...people.neighbours,
        { contract: sendMail, answer: (order: AskOf<typeof sendMail>) => mails.take(order) },
        {
          contract: checkScope,
          answer: ({ scope }: InputOf<typeof checkScope>) => ({ exists: knownScopes.has(scope.id) }),
        },
        {
          contract: chooseStanding,
          answer: async (wish: InputOf<typeof chooseStanding>) => {
            const answer = choose(wish, knownScopes, lostPlaces);
            await afterChoice.happens?.();
            return answer;
          },
        },
        {
          contract: findStayers,
          answer: async ({ accountId, userIds }: InputOf<typeof findStayers>) => {
            await beforeStayers.happens?.(userIds);
            return stayers(accountId, userIds, lostPlaces);
          },
        },
      ],
    });
    // A test says when time has its effect.
    await service.app.get<Schedule>(scheduleOf(SweepSessionsJob)).stop();
    // Until the relay leads, whatever takes access away would be answered as pending.
    const signals = service.app.get(RelaySignals);
    await waitUntil(async () => (await signals.flush()) || undefined, { timeoutMs: 10_000 });
    const database = new Client({ connectionString: service.databaseUrl });
    await database.connect();
    return new Tokens(service, database, knownScopes, lostPlaces, afterChoice, beforeStayers, people, mails);
  }

  async stop(): Promise<void> {
    await this.stopService();
    await this.database.end();
  }

  /** Stops the service alone: its database can still be looked at. */
  async stopService(): Promise<void> {
    this.stopping ??= this.service.stop();
    await this.stopping;
  }

  /** The owner of a new account. */
  owner(change: Partial<Caller> = {}): Owner {
    const caller = anyCaller(change);
    return { ...caller, accountId: caller.accountId ?? '' };
  }

  /** What tenancy tells of an account. */
  tenancyOf({ accountId }: Owner): AccountEvents {
    return new AccountEvents(accountId, () => this.service.clock.now());
  }

  newScope(): string {
    const id = uuidv7();
    this.knownScopes.add(id);
    return id;
  }

  /** Moves the clock on and lets time have its effect. */
  async pass(milliseconds: number): Promise<void> {
    this.service.clock.advance(milliseconds);
    await this.sweep();
  }

  sweep(): Promise<void> {
    return this.service.app.get(SweepSessionsJob).run();
  }

  later(milliseconds: number): Date {
    return new Date(this.service.clock.now().getTime() + milliseconds);
  }

  /** Asks as the gateway does for a caller: the output, or the code of the refusal. */
  async attempt<I extends z.ZodType, O extends z.ZodType, E extends ProblemCode>(
    contract: Contract<I, O, E>,
    input: z.input<I>,
    caller?: Caller,
    more?: Partial<RequestContext>,
  ): Promise<z.output<O> | ProblemCode> {
    const answer = await this.service.gateway.ask(contract, input, this.service.context(caller, more));
    return answer instanceof Failure ? answer.code : answer;
  }

  /** As {@link attempt}, and takes no refusal. */
  async ask<I extends z.ZodType, O extends z.ZodType, E extends ProblemCode>(
    contract: Contract<I, O, E>,
    input: z.input<I>,
    caller?: Caller,
    more?: Partial<RequestContext>,
  ): Promise<z.output<O>> {
    const answer = await this.service.gateway.ask(contract, input, this.service.context(caller, more));
    if (answer instanceof Failure) throw new Error(`${contract.subject} was refused with ${answer.code}`);
    return answer;
  }

  /** Makes a login token: permanent, with a name of its own, unless said otherwise. */
  async create(owner: Owner, fields: Partial<AskOf<typeof createLoginToken>> = {}) {
    const input = { accountId: owner.accountId, name: `Token ${uuidv7()}`, type: 'permanent' as const, ...fields };
    const { loginToken, secret } = await this.ask(createLoginToken, input, owner);
    return { ...loginToken, secret };
  }

  /** Makes an access key, with a name of its own unless it is given one. */
  async createKey(owner: Owner, fields: Partial<AskOf<typeof createAccessKey>> = {}) {
    const input = { accountId: owner.accountId, name: `Key ${uuidv7()}`, ...fields };
    const { accessKey, secret } = await this.ask(createAccessKey, input, owner);
    return { ...accessKey, secret };
  }

  redeem(token: string, more?: Partial<RequestContext>) {
    return this.ask(redeemLoginToken, { token }, undefined, more);
  }

  /** The code with which a redemption is refused; nothing if it succeeds. */
  async refusal(token: string, more?: Partial<RequestContext>): Promise<string | undefined> {
    const answer = await this.attempt(redeemLoginToken, { token }, undefined, more);
    return typeof answer === 'string' ? answer : undefined;
  }

  /** What is known of a session's secret: nothing once it has ended. */
  async verify(secret: string): Promise<SessionState | null> {
    return SessionState.nullable().parse(await this.stateOf(secret));
  }

  /** What is known of an access key's secret: nothing once it has ended. */
  async verifyKey(secret: string): Promise<AccessKeyState | null> {
    return AccessKeyState.nullable().parse(await this.stateOf(secret));
  }

  /** Which of these are live. */
  async live(...opened: { secret: string }[]): Promise<boolean[]> {
    const hashes = opened.map(({ secret }) => hashSecret(secret));
    const { credentials } = await this.ask(verifyCredentials, { hashes });
    return credentials.map((credential) => credential !== null);
  }

  /** The caller whom the gateway makes of a session. */
  callerOf({ session }: { session: SessionState }): Owner {
    const { id, kind, subject, accountId = '', organizationId, grant, operator } = session;
    const grants = grant ? [grant] : [];
    return { kind, sessionId: id, subject, accountId, organizationId, grants, modules: ['login_tokens'], operator };
  }

  /** Hands account events over as the consumer does. */
  tell(...events: AccessEvent[]) {
    return this.service.app.get(ApplyAccountEvents).apply(events);
  }

  /** What was told of an entity, `login-token:<id>` or `session:<id>`, oldest first. */
  async eventsOf(entity: string): Promise<AccessEventEnvelope[]> {
    const rows = await this.sql('SELECT body FROM outbox WHERE entity = $1 ORDER BY id', [entity]);
    return rows.map(({ body }) => AccessEventEnvelope.parse(JSON.parse(String(body))));
  }

  /** The actions told of an entity, having seen that their sequence numbers grow one by one. */
  async told(entity: string): Promise<string[]> {
    const events = await this.eventsOf(entity);
    const gap = events.find(({ sequence }, place) => sequence !== place + 1);
    if (gap) throw new Error(`${entity}: event ${gap.type} has the number ${gap.sequence}`);
    return events.map(({ type }) => type.split('.')[3] ?? '');
  }

  private async stateOf(secret: string): Promise<CredentialState | null> {
    const { credentials } = await this.ask(verifyCredentials, { hashes: [hashSecret(secret)] });
    return credentials[0] ?? null;
  }

  async sql(text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
    return (await this.database.query<Record<string, unknown>>(text, values)).rows;
  }
}

/** As tenancy would: the account named, the organization named if it is known, unless the user has lost them. */
function choose(
  { holder, accountId, organizationId }: InputOf<typeof chooseStanding>,
  known: ReadonlySet<string>,
  lost: ReadonlySet<string>,
) {
  if (organizationId && !known.has(organizationId)) return new Failure('not_found');
  const isLost = (id: string | null | undefined) => 'userId' in holder && lost.has(`${holder.userId} ${id}`);
  if (isLost('silence')) return new Failure('unavailable', { retryAfter: 1 });
  if ([accountId, organizationId, `${organizationId} in ${accountId}`].some(isLost)) return new Failure('not_found');
  return { accountId, ...(organizationId && { organizationId }) };
}

function stayers(accountId: string, userIds: readonly string[], lost: ReadonlySet<string>) {
  if (userIds.some((id) => lost.has(`${id} silence`))) return new Failure('unavailable', { retryAfter: 1 });
  return { stay: userIds.map((id) => !lost.has(`${id} ${accountId}`)) };
}
