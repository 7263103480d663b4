import type { AccessEvent } from '@valetkey/access-events';
import { readConfig } from '@valetkey/config';
import {
  type AskOf,
  type AuditEntry,
  type Caller,
  Failure,
  listAudit,
  listMembershipAccounts,
  listStoredAudit,
  resolveNames,
  type StoredAuditEntry,
} from '@valetkey/contracts';
import { BusConnection, EventStream } from '@valetkey/messaging';
import { anyCaller, startTestService, testPassword, type TestService } from '@valetkey/testing';
import { waitUntil } from '@valetkey/testing/stack';
import { Client } from 'pg';
import { auditConfig } from '../src/audit.config.ts';
import { AuditModule } from '../src/audit.module.ts';
import type { MadeEvent } from './make-event.ts';

/** What tenancy answers when it is asked for names, and for the accounts of a user. */
type Tenancy = (input: { userIds: string[] }) => unknown;
type Memberships = (input: { userId: string }) => unknown;

/** The audit service with its store and bus, and those who tell it things. */
export class AuditService {
  private constructor(
    readonly test: TestService,
    /** The store's back door, as an administrator has it. */
    readonly database: Client,
    private readonly sources: ReadonlyMap<string, { connection: BusConnection; stream: EventStream }>,
  ) {}

  static async start(
    tenancy: Tenancy = () => ({ names: {} }),
    memberships: Memberships = () => ({ accounts: [] }),
  ): Promise<AuditService> {
    const test = await startTestService({
      service: 'audit',
      module: (environment) => AuditModule.forRoot(readConfig(auditConfig, environment)),
      neighbours: [
        { contract: resolveNames, answer: tenancy },
        { contract: listMembershipAccounts, answer: memberships },
      ],
    });
    const database = new Client({ connectionString: test.databaseUrl });
    await database.connect();
    const sources = new Map<string, { connection: BusConnection; stream: EventStream }>();
    for (const user of ['identity', 'tenancy', 'tokens']) {
      const servers = [test.bus.nats.url];
      const connection = await BusConnection.open({ servers, user, password: testPassword(user), name: user });
      sources.set(user, { connection, stream: new EventStream(connection) });
    }
    return new AuditService(test, database, sources);
  }

  /** Publishes as the services do, one after the other. */
  async tell(...events: MadeEvent[]): Promise<void> {
    for (const event of events) await this.publish(event);
  }

  /** Under another message id than the event's own the stream takes it for a new message. */
  async publish({ source, subject, event }: MadeEvent, messageId = event.id): Promise<void> {
    await this.sources.get(source)?.stream.publish(subject, messageId, JSON.stringify(event));
  }

  /** Tells events and waits until they are in the trail. */
  async keep(...made: MadeEvent[]): Promise<AccessEvent[]> {
    await this.tell(...made);
    const events = made.map(({ event }) => event);
    await this.untilKept(events);
    return events;
  }

  async untilKept(events: readonly AccessEvent[]): Promise<void> {
    const ids = events.map(({ id }) => id);
    const kept = await waitUntil(
      async () => {
        const { rows } = await this.database.query('SELECT DISTINCT id FROM entries WHERE id = ANY($1)', [ids]);
        return rows.length >= ids.length || undefined;
      },
      { timeoutMs: 20_000 },
    );
    if (!kept) throw new Error('the events did not arrive in the trail');
  }

  ask(caller: Caller, filters: Partial<AskOf<typeof listAudit>> = {}) {
    const input = { accountId: caller.accountId ?? '', ...filters };
    return this.test.gateway.ask(listAudit, input, this.test.context(caller));
  }

  /** The whole answer of a list that is not refused. */
  async page(caller: Caller, filters?: Partial<AskOf<typeof listAudit>>) {
    const answer = await this.ask(caller, filters);
    if (answer instanceof Failure) throw new Error(`refused: ${answer.code}`);
    return answer;
  }

  /** The trail as an owner reads it, newest first. */
  async trail(accountId: string, filters?: Partial<AskOf<typeof listAudit>>): Promise<AuditEntry[]> {
    return (await this.page(anyCaller({ accountId }), filters)).items;
  }

  /** As the gateway exports it to an owner, newest first. */
  async exported(accountId: string): Promise<StoredAuditEntry[]> {
    const context = this.test.context(anyCaller({ accountId }));
    const answer = await this.test.gateway.ask(listStoredAudit, { accountId, limit: 100 }, context);
    if (answer instanceof Failure) throw new Error(`refused: ${answer.code}`);
    return answer.items;
  }

  async stop(): Promise<void> {
    await this.database.end();
    await Promise.all([...this.sources.values()].map(({ connection }) => connection.close()));
    await this.test.stop();
  }
}
