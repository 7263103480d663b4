import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type Contract,
  contracts,
  exportAudit,
  forwardAuth,
  getAuthorizationServerMetadata,
  getSession,
  isFailure,
  Membership,
  pageOf,
  pathParameters,
  type ProblemCode,
  type RequestContext,
} from '@valetkey/contracts';
import { Bus } from '@valetkey/messaging';
import { Metrics } from '@valetkey/observability';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { recipientOf, sendLink } from './access-links.ts';
import { type Answer, type Client, type Owner, ownerOf, person } from './client.ts';
import { expectedRefusal } from './expected-refusal.ts';
import { giveKey, lend, type LentToken } from './lending.ts';
import { operatorOf } from './operator.ts';
import { type Principal, principalsOf } from './principals.ts';
import { memberOf } from './members.ts';
import { catalogueDevices, partnershipOf, partnerTokenOf, type Partnership, setModules } from './partnerships.ts';
import { type Platform, startPlatform } from './start-platform.ts';

/** What the gateway serves to callers: every contract with a route, and the routes that it answers by itself. */
const routes = [
  ...contracts.flatMap(({ subject: name, access, http }) => (http ? [{ name, access, http }] : [])),
  ...[getSession, forwardAuth, exportAudit, getAuthorizationServerMetadata],
];
type Route = (typeof routes)[number];
const refusals = [
  'unauthenticated',
  'portal_only',
  'link_session',
  'key_not_allowed',
  'module_disabled',
  'forbidden',
  'no_account',
];

let platform: Platform;
let owner: Owner;
let stranger: Owner;
let token: LentToken;
let partnership: Partnership;
let principals: Record<string, Principal>;

beforeAll(async () => {
  platform = await startPlatform();
  owner = await ownerOf(platform, 'Harbour Cranes', person('ada@harbour.example'));
  stranger = await ownerOf(platform, 'Elsewhere', person('eve@elsewhere.example'));
  const suspended = await ownerOf(platform, 'Suspended', person('sue@suspended.example'));
  const operator = await operatorOf(platform);
  const partner = await ownerOf(platform, 'Riggers', person('rita@riggers.example'));
  await setModules(operator, suspended, { login_tokens: false });
  const strict = await ownerOf(platform, 'Strict', person('stella@strict.example'));
  for (const account of [owner, partner, stranger, strict])
    await setModules(operator, account, { access_links: true, partner: true, client: true });
  await catalogueDevices(operator, ['devices.gone']);
  partnership = await partnershipOf(partner, owner, ['devices.gone', 'devices.manage', 'devices.view']);
  token = await lend(owner, { name: 'There' });
  // Else the rule of who may delete would say of managers what the account's policy takes back.
  expect((await owner.call('PATCH', `${owner.path}/policy`, { body: { managersMayDelete: true } })).status).toBe(200);
  const tenants = { owner, stranger, suspended, partner, partnership, operator };
  const further = {
    owner: strict,
    partnership: await partnershipOf(partner, strict, ['devices.manage', 'devices.view']),
  };
  principals = await principalsOf(platform, { ...tenants, strict: further });
  // Of the catalogue alone, so that one of the grants is of nothing any more.
  await catalogueDevices(operator);
});
afterAll(async () => {
  await platform.stop();
});

/** With ids of nothing, and a body that fits no contract: whoever is let through changes nothing. */
function ask(client: Client, { http: { method, path } }: Route, accountId: string): Promise<Answer> {
  const unknown = uuidv7();
  const url = path.replace('{accountId}', accountId).replaceAll(/\{\w+\}/g, unknown);
  const body = method === 'GET' || method === 'DELETE' ? {} : { body: { 'no contract': 'has this' } };
  return client.call(method, url, body);
}

/** A reverse proxy is told nothing of who stands nowhere. */
function whereNobodyStands({ name }: Route, { stands }: Principal): ProblemCode | undefined {
  return name === forwardAuth.name && stands?.accountId === undefined ? 'no_account' : undefined;
}

/** What would end the session of the one who asks, or those of others in the matrix. */
const ends = ({ name }: Route) => /sign-out|session\.end-all|membership\.leave/.test(name);

describe('every public route', () => {
  it('has a rule that names who may ask', () => {
    expect(routes.length).toBeGreaterThan(20);
    const kinds = routes.map(({ name, access }) => [name, access.kind]);
    const known = routes.map(({ name }) => [name, expect.stringMatching(/^(anyone|signed-in|account|operator)$/)]);
    expect(kinds).toEqual(known);
  });

  it.each(routes.filter((route) => !ends(route)))(
    '$http.method $http.path refuses and lets in by its rule',
    async (route) => {
      const found: Record<string, string | undefined> = {};
      const expected: Record<string, string | undefined> = {};
      for (const [name, principal] of Object.entries(principals)) {
        const { code = 'allowed' } = await ask(principal.client, route, principal.accountId);
        const refusal = expectedRefusal(route, principal) ?? whereNobodyStands(route, principal);
        expected[name] = refusal ?? 'allowed';
        // A row that is not there is found missing only by who may look.
        found[name] = refusals.includes(code) || refusal === 'not_found' ? code : 'allowed';
      }
      expect(found).toEqual(expected);
    },
  );

  it.each(routes.filter(ends))('$http.method $http.path refuses by its rule', async (route) => {
    for (const principal of Object.values(principals)) {
      const refusal = expectedRefusal(route, principal);
      if (refusal) expect((await ask(principal.client, route, principal.accountId)).code).toBe(refusal);
    }
  });
});

describe('a row of another tenant', () => {
  const rowRoutes = routes.filter(
    ({ http, access }) => access.kind === 'account' && pathParameters(http.path).length > 1,
  );

  const lockedOut = async () => {
    await memberOf(platform, owner, 'viewer', { name: 'locked-out' });
    return recipientOf(owner, { email: `locked-out@${owner.accountId}.example` });
  };

  it('answers as a row that does not exist', async () => {
    const make = async (what: string, body: object) =>
      idOf((await owner.call('POST', `${owner.path}/${what}`, { body })).body);
    const members = (await owner.call('GET', `${owner.path}/members?query=ada@harbour.example`)).body;
    const [membership] = pageOf(Membership).parse(members).items;
    const scope = { type: 'account', id: owner.accountId };
    const [session] = Object.values(principals).filter(({ stands }) => stands?.kind === 'login_token');
    const { body } = (await session?.client.call('GET', '/v1/session')) ?? { body: undefined };
    const ids: Record<string, string> = {
      loginTokenId: token.id,
      organizationId: await make('organizations', { name: 'Theirs' }),
      groupId: await make('groups', { name: 'Theirs' }),
      invitationId: await make('invitations', { email: 'new@harbour.example', scope, role: 'viewer' }),
      accessKeyId: (await giveKey(owner, { name: 'Theirs', role: 'viewer' })).id,
      membershipId: membership?.id ?? '',
      userId: membership?.user.id ?? '',
      sessionId: idOf(body),
      accessLinkId: (await sendLink(platform, owner, await lockedOut())).id,
      partnerId: partnership.id,
      partnerTokenId: (await partnerTokenOf(owner)).id,
    };
    const named = rowRoutes.flatMap(({ http }) => pathParameters(http.path)).filter((name) => name !== 'accountId');
    expect([...new Set(named)].sort()).toEqual(Object.keys(ids).sort());
    for (const {
      http: { method, path },
    } of rowRoutes) {
      const url = (id: (name: string) => string) =>
        path.replace('{accountId}', stranger.accountId).replaceAll(/\{(\w+)\}/g, (_, name: string) => id(name));
      const content = method === 'GET' || method === 'DELETE' ? {} : { body: {} };
      const theirs = await stranger.call(
        method,
        url((name) => ids[name] ?? ''),
        content,
      );
      const nobodys = await stranger.call(
        method,
        url(() => uuidv7()),
        content,
      );
      expect({ path, answer: alike(theirs) }).toEqual({ path, answer: alike(nobodys) });
      expect(theirs.status).toBe(404);
    }
    expect(rowRoutes.length).toBeGreaterThan(5);
    expect((await owner.call('GET', token.path)).status).toBe(200);
  });

  it('in an account that one does not stand in answers as in an account that does not exist', async () => {
    const inAccounts = routes.filter(({ access }) => access.kind === 'account');
    for (const route of inAccounts) {
      const theirs = await ask(owner, route, stranger.accountId);
      expect({ name: route.name, answer: alike(theirs) }).toEqual({
        name: route.name,
        answer: alike(await ask(owner, route, uuidv7())),
      });
      expect(theirs.status).toBe(404);
    }
  });
});

describe('on the bus', () => {
  const context = {
    requestId: 'matrix',
    correlationId: 'matrix',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  };
  const busOf = async (user: string, prefix: ConstructorParameters<typeof Bus>[1]) =>
    new Bus(await platform.bus.connect(user), prefix, new Metrics());

  /** By subject, the code with which each contract refuses. */
  async function codesOf(bus: Bus, asked: readonly Contract[], more: Partial<RequestContext> = {}) {
    const answers = asked.map(async (contract) => {
      const answer = await bus.ask(contract, {}, { ...context, ...more });
      return [contract.subject, isFailure(answer) ? answer.code : 'allowed'] as const;
    });
    return Object.fromEntries(await Promise.all(answers));
  }
  const allForbidden = (asked: readonly Contract[]) =>
    Object.fromEntries(asked.map(({ subject }) => [subject, 'forbidden']));

  it('a service that asks in its own name is refused what is for callers and for the gateway', async () => {
    const asked = contracts.filter(({ access }) => access.kind !== 'services');
    expect(await codesOf(await busOf('seed', 'svc.seed'), asked)).toEqual(allForbidden(asked));
  });

  it('a caller is refused what is for services, whoever they say they are', async () => {
    const asked = contracts.filter(({ access }) => access.kind === 'services');
    expect(asked.length).toBeGreaterThan(5);
    expect(await codesOf(await busOf('gateway', 'gw'), asked, { service: 'identity' })).toEqual(allForbidden(asked));
  });

  it('a service is refused what is for other services', async () => {
    const asked = contracts.filter(({ access }) => access.kind === 'services' && !access.callers.includes('seed'));
    expect(await codesOf(await busOf('seed', 'svc.seed'), asked, { service: 'identity' })).toEqual(allForbidden(asked));
  });
});

const idOf = (body: unknown) => String(Reflect.get(Object(body), 'id'));

function alike({ status, body }: Answer): unknown {
  return {
    status,
    body: z
      .record(z.string(), z.unknown())
      .transform(({ requestId: _, ...rest }) => rest)
      .parse(body),
  };
}
