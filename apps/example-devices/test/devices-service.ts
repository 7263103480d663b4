import { readConfig } from '@valetkey/config';
import { type AccessEventDefinition, sessionEnded, subjectOf } from '@valetkey/contracts';
import { BusConnection, EventStream, RelaySignals } from '@valetkey/messaging';
import { startTestBus, type TestBus, testPassword } from '@valetkey/testing';
import type { INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { v7 as uuidv7 } from 'uuid';
import { devicesConfig } from '../src/devices.config.ts';
import { DevicesModule } from '../src/devices.module.ts';
import { HttpServer } from '../src/http-server.ts';
import { StandInGateway } from './stand-in-gateway.ts';

/** A session as a client of the devices holds it. */
export interface TestSession {
  token: string;
  sid: string;
  accountId: string;
}

/** The service on a real bus, with a gateway that a test commands. */
export class DevicesService {
  private constructor(
    readonly app: INestApplicationContext,
    readonly bus: TestBus,
    readonly gateway: StandInGateway,
    private readonly connections: ReadonlyMap<string, BusConnection>,
  ) {}

  static async start(): Promise<DevicesService> {
    const [bus, gateway] = await Promise.all([startTestBus(), StandInGateway.start()]);
    const connections = new Map<string, BusConnection>();
    for (const user of ['identity', 'tenancy', 'tokens']) {
      const options = { servers: [bus.nats.url], user, password: testPassword(user), name: user };
      connections.set(user, await BusConnection.open(options));
    }
    const config = readConfig(devicesConfig, {
      PORT: '0',
      HOST: '127.0.0.1',
      GATEWAY_URL: gateway.url,
      CLIENT_ID: gateway.clientId,
      CLIENT_SECRET: gateway.clientSecret,
      LOG_LEVEL: 'fatal',
      ...bus.environmentOf('devices'),
    });
    const module = await Test.createTestingModule({ imports: [DevicesModule.forRoot(config)] }).compile();
    return new DevicesService(await module.init(), bus, gateway, connections);
  }

  get url(): string {
    return this.app.get(HttpServer).url;
  }

  /** A session that the gateway calls good. */
  open(scope: string, change: { accountId?: string; organizationId?: string } = {}): TestSession {
    const session = { token: `vks_${uuidv7()}`, sid: uuidv7(), accountId: change.accountId ?? uuidv7() };
    this.grant(session, scope, change.organizationId);
    return session;
  }

  grant({ token, sid, accountId }: TestSession, scope: string, organizationId?: string): void {
    this.gateway.open(token, { sid, account_id: accountId, organization_id: organizationId, scope });
  }

  /** Ends a session at the gateway, and tells it as tokens does. */
  async end(session: TestSession): Promise<void> {
    this.gateway.end(session.token);
    await this.tell(sessionEnded, session);
  }

  /** Publishes an event of the session. */
  async tell(definition: AccessEventDefinition, { sid, accountId }: TestSession): Promise<void> {
    const id = uuidv7();
    const event = {
      specversion: '1.0',
      id,
      type: definition.type,
      source: `/services/${definition.source}`,
      subject: sid,
      time: new Date().toISOString(),
      datacontenttype: 'application/json',
      accountid: accountId,
      actor: 'service:tokens',
      requestid: id,
      correlationid: id,
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      sequence: 2,
      data: {},
    };
    const connection = this.connections.get(definition.source);
    if (connection)
      await new EventStream(connection).publish(subjectOf(definition, accountId), id, JSON.stringify(event));
  }

  /** Says that nothing is unsent, as every relay does each half second: what is kept is trusted for 2 s. */
  heartbeat(): void {
    for (const [service, connection] of this.connections) new RelaySignals(connection, service).heartbeat();
  }

  request(path: string, { token, ...init }: RequestInit & { token?: string } = {}): Promise<Response> {
    const headers = { ...(token && { authorization: `Bearer ${token}` }), 'content-type': 'application/json' };
    return fetch(`${this.url}${path}`, { ...init, headers });
  }

  async stop(): Promise<void> {
    await this.app.close();
    await Promise.all([...this.connections.values()].map((connection) => connection.close()));
    await Promise.all([this.bus.nats.stop(), this.gateway.stop()]);
  }
}
