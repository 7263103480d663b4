import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessEvents } from '@valetkey/contracts';
import { BusConnection } from '@valetkey/messaging';
import { platformDurables } from '@valetkey/messaging/topology';
import { startTestBus, type TestBus, testPassword } from '@valetkey/testing';
import { eventually } from './eventually.ts';

type Nats = BusConnection['nats'];

const services = ['identity', 'tenancy', 'tokens', 'notifications', 'audit'];
const readers = ['reader', 'devices'];
const users = ['gateway', ...services, 'seed', ...readers];

/** Whose each durable of the platform is, and those of its subscribers. */
const durables: Readonly<Record<string, string>> = {
  audit: 'audit',
  tokens: 'tokens',
  'tokens-group': 'tokens',
  'tokens-mail': 'tokens',
  'tokens-membership': 'tokens',
  'tokens-organization': 'tokens',
  'tokens-partner-user': 'tokens',
  'tokens-partnership': 'tokens',
  'tenancy-session': 'tenancy',
  'notifications-access-key': 'notifications',
  'notifications-access-link': 'notifications',
  'notifications-account': 'notifications',
  'notifications-expiring': 'notifications',
  'notifications-invitation': 'notifications',
  'notifications-mail': 'notifications',
  'notifications-membership': 'notifications',
  'notifications-partner-user': 'notifications',
  'notifications-partnership': 'notifications',
  'notifications-user': 'notifications',
  reader: 'reader',
};
const ofEachDurable = (subject: (durable: string) => string) =>
  Object.fromEntries(Object.entries(durables).map(([durable, user]) => [subject(durable), [user]]));

/** Whose each kind of event is to tell. */
const entities: Readonly<Record<string, string>> = {
  user: 'identity',
  ...Object.fromEntries(
    ['account', 'organization', 'group', 'membership', 'invitation', 'permission-catalogue'].map((e) => [e, 'tenancy']),
  ),
  ...Object.fromEntries(['partnership', 'partner-user'].map((e) => [e, 'tenancy'])),
  ...Object.fromEntries(['session', 'login-token', 'access-link'].map((e) => [e, 'tokens'])),
  ...Object.fromEntries(['access-key', 'resource-server'].map((e) => [e, 'tokens'])),
  mail: 'notifications',
};

/** Who may publish what; everybody else must be refused. */
const publishing: Readonly<Record<string, readonly string[]>> = {
  'gw.tokens.v1.login-token.list': ['gateway'],
  'gw.identity.v1.session.sign-in': ['gateway'],
  ...Object.fromEntries([...services, 'seed'].map((user) => [`svc.${user}.tokens.v1.session.open-portal`, [user]])),
  'svc.gateway.tokens.v1.session.open-portal': [],
  ...Object.fromEntries(
    Object.entries(entities).map(([entity, user]) => [`access.v1.platform.${entity}.changed`, [user]]),
  ),
  'access.v1.platform.nothing.happened': [],
  ...Object.fromEntries(services.map((user) => [`access.heartbeat.${user}`, [user]])),
  ...Object.fromEntries(services.map((user) => [`outbox.${user}.flush`, [user]])),
  'dead.v1.audit': ['audit'],
  'dead.v1.tokens': ['tokens'],
  'dead.v1.reader': ['reader'],
  'dead.v1.nobody': [],
  ...ofEachDurable((durable) => `$JS.API.CONSUMER.MSG.NEXT.ACCESS.${durable}`),
  '$JS.API.CONSUMER.MSG.NEXT.ACCESS_DEAD.audit': [],
  '$JS.API.CONSUMER.INFO.ACCESS.reader': ['reader'],
  '$JS.API.CONSUMER.INFO.ACCESS_DEAD.reader': [],
  ...ofEachDurable((durable) => `$JS.ACK.ACCESS.${durable}.1.1.1.1.1`),
  ...Object.fromEntries(
    [
      ...['INFO', 'STREAM.NAMES', 'STREAM.LIST', 'STREAM.CREATE.MINE', 'STREAM.CREATE.ACCESS', 'STREAM.UPDATE.ACCESS'],
      ...[
        'STREAM.INFO.ACCESS',
        'STREAM.PURGE.ACCESS_DEAD',
        'STREAM.DELETE.ACCESS',
        'STREAM.MSG.GET.ACCESS',
        'STREAM.MSG.DELETE.ACCESS',
      ],
      ...[
        'DIRECT.GET.ACCESS',
        'CONSUMER.CREATE.ACCESS',
        'CONSUMER.CREATE.ACCESS.mine',
        'CONSUMER.DURABLE.CREATE.ACCESS.mine',
      ],
      ...[
        'CONSUMER.DELETE.ACCESS.audit',
        'CONSUMER.INFO.ACCESS.audit',
        'CONSUMER.LIST.ACCESS',
        'CONSUMER.NAMES.ACCESS',
      ],
    ].map((verb) => [`$JS.API.${verb}`, []]),
  ),
  '$JS.API.STREAM.PURGE.ACCESS': ['audit'],
  ...Object.fromEntries(users.map((user) => [`_INBOX.${user}.stolen`, []])),
  ...Object.fromEntries(services.map((user) => [`_INBOX.gateway.${user}.connection.1`, [user]])),
  '$SYS.REQ.SERVER.PING': [],
  anything: [],
};

/** Who may listen to what. */
const listening: Readonly<Record<string, readonly string[]>> = {
  '>': [],
  '*.>': [],
  'gw.>': [],
  'svc.>': [],
  '_INBOX.>': [],
  '_INBOX.*.*': [],
  '_INBOX.default.*': [],
  '$JS.>': [],
  '$SYS.>': [],
  'dead.v1.>': [],
  'access.>': [],
  'outbox.>': [],
  ...Object.fromEntries(services.map((user) => [`gw.${user}.>`, [user]])),
  ...Object.fromEntries(services.map((user) => [`svc.*.${user}.>`, [user]])),
  ...Object.fromEntries(services.map((user) => [`outbox.${user}.>`, [user]])),
  ...Object.fromEntries([...users, 'setup'].map((user) => [`_INBOX.${user}.>`, [user]])),
  'access.v1.>': ['gateway', ...readers],
  'access.heartbeat.*': ['gateway', ...readers],
};

let bus: TestBus;
const connections: BusConnection[] = [];

beforeAll(async () => {
  bus = await startTestBus();
});
afterAll(async () => {
  for (const connection of connections) await connection.close();
  await bus.nats.stop();
});

/** A connection of a user, and the subjects which the server has refused it so far. */
async function connect(user: string): Promise<{ bus: BusConnection; nats: Nats; refused: Set<string> }> {
  const connection = await BusConnection.open({
    servers: [bus.nats.url],
    user,
    password: testPassword(user),
    name: user,
  });
  connections.push(connection);
  const refused = new Set<string>();
  void collectRefusals(connection.nats, refused);
  return { bus: connection, nats: connection.nats, refused };
}

async function collectRefusals(nats: Nats, refused: Set<string>): Promise<void> {
  for await (const status of nats.status()) {
    if (status.type !== 'error') continue;
    const subject = /Permissions Violation for (?:Publish|Subscription) (?:to )?"([^"]+)"/i.exec(
      String(status.error),
    )?.[1];
    if (subject !== undefined) refused.add(subject);
  }
}

/** The server answers in order: once it has refused what nobody may, it has refused all that came before. */
async function lastRefusal(nats: Nats, refused: ReadonlySet<string>): Promise<void> {
  nats.publish('nobody.may', '');
  await eventually('the refusal of what nobody may', async () => refused.has('nobody.may') || undefined);
}

const allowedOf = (rights: Readonly<Record<string, readonly string[]>>, user: string) =>
  Object.keys(rights).filter((subject) => rights[subject]?.includes(user));

it('every durable of the platform, and every kind of event, is known here', () => {
  const known = Object.keys(durables).filter((durable) => !readers.includes(durable));
  expect(platformDurables.map(({ durable }) => durable).sort()).toEqual(known.sort());
  const told = accessEvents.map(({ entity, source }) => [entity, source]);
  expect(Object.fromEntries(told)).toEqual(entities);
});

describe.each(users)('with the credentials of %s', (user) => {
  it('one publishes what is theirs and nothing else', async () => {
    const { nats, refused } = await connect(user);
    for (const subject of Object.keys(publishing)) nats.publish(subject, '{}');
    await lastRefusal(nats, refused);
    const allowed = Object.keys(publishing).filter((subject) => !refused.has(subject));
    expect(allowed).toEqual(allowedOf(publishing, user));
  });

  it('one hears what is theirs and nothing else', async () => {
    const { nats, refused } = await connect(user);
    for (const subject of Object.keys(listening)) nats.subscribe(subject, { callback: () => undefined });
    await lastRefusal(nats, refused);
    const allowed = Object.keys(listening).filter((subject) => !refused.has(subject));
    expect(allowed).toEqual(allowedOf(listening, user));
  });
});

describe('a service that was asked', () => {
  it('answers the one who asked, and no other service can in its place', async () => {
    const [gateway, tokens, audit] = [await connect('gateway'), await connect('tokens'), await connect('audit')];
    const replies: string[] = [];
    tokens.nats.subscribe('gw.tokens.>', {
      callback: (_error, message) => {
        replies.push(message.reply ?? '');
        message.respond('mine');
      },
    });
    await tokens.nats.flush();
    const question = { subject: 'gw.tokens.v1.login-token.list', answerer: 'tokens', payload: '{}', timeoutMs: 2_000 };
    expect((await gateway.bus.request(question)).string()).toBe('mine');

    for (const reply of replies) audit.nats.publish(reply, 'forged');
    await lastRefusal(audit.nats, audit.refused);
    expect([...audit.refused]).toEqual([...replies, 'nobody.may']);
  });
});
