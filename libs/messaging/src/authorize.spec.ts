import { describe, expect, it } from '@jest/globals';
import {
  type AccessRule,
  allow,
  anyone,
  anyRole,
  type Caller,
  defineCommand,
  defineQuery,
  gateway,
  operator,
  type PrincipalKind,
  services,
  signedIn,
  toEnrol,
} from '@valetkey/contracts';
import { anyCaller, anyContext } from '@valetkey/testing';
import { z } from 'zod';
import { authorize } from './authorize.ts';

const [own, other] = ['0197c7a2-0000-7000-8000-000000000001', '0197c7a2-0000-7000-8000-000000000002'];
const kinds: readonly PrincipalKind[] = ['portal', 'login_token', 'access_link', 'access_key'];

function shapeOf(access: AccessRule) {
  return {
    subject: 'tokens.v1.key.cut',
    summary: '',
    input: z.object({}),
    output: z.object({}),
    errors: [],
    access,
  } as const;
}

interface Asking {
  caller?: Caller;
  accountId?: string;
  reads?: boolean;
}

/** The code of the refusal; nothing when the caller may go on. */
function refusal(access: AccessRule, { caller, accountId = own, reads = false }: Asking = {}) {
  const contract = reads ? defineQuery(shapeOf(access)) : defineCommand(shapeOf(access));
  return authorize(contract, anyContext(caller), accountId)?.code;
}

const owner = (change: Partial<Caller> = {}) => anyCaller({ accountId: own, ...change });
const viewer = (change: Partial<Caller> = {}) =>
  owner({ grants: [{ scope: { type: 'account', id: own }, role: 'viewer' }], ...change });

describe('What anybody may do', () => {
  it('is for who does not say who they are, and for who does where nobody asks', () => {
    expect(refusal(anyone())).toBeUndefined();
    expect(refusal(anyone(), { caller: owner({ kind: 'login_token' }) })).toBeUndefined();
  });

  it('is for those who say so only if they are of a kind that is named', () => {
    const rule = anyone('portal');
    expect(refusal(rule)).toBeUndefined();
    expect(refusal(rule, { caller: owner() })).toBeUndefined();
    expect(refusal(rule, { caller: owner({ kind: 'access_key' }) })).toBe('key_not_allowed');
    expect(refusal(rule, { caller: owner({ kind: 'login_token' }) })).toBe('portal_only');
  });
});

describe('What only owners may do in an account, with a module', () => {
  const rule = allow({ account: ['owner'] }, { module: 'login_tokens' });

  it('an owner may', () => {
    expect(refusal(rule, { caller: owner() })).toBeUndefined();
  });

  it.each<[string, string, Caller | undefined]>([
    ['the credential', 'unauthenticated', undefined],
    ['the account', 'not_found', viewer({ accountId: other, kind: 'login_token', modules: [] })],
    ['the kind of session', 'portal_only', viewer({ kind: 'login_token', modules: [] })],
    ['two-factor', 'two_factor_required', viewer({ mustEnrol: true, modules: [] })],
    ['the module', 'module_disabled', viewer({ modules: [] })],
    ['the role', 'forbidden', viewer()],
  ])('is refused by %s first, whatever else is wrong', (_first, code, caller) => {
    expect(refusal(rule, { caller })).toBe(code);
  });

  it('a session that stands in no account may not', () => {
    expect(refusal(rule, { caller: owner({ accountId: undefined }) })).toBe('no_account');
  });

  it('an owner of one organization is no owner of the account', () => {
    const grants: Caller['grants'] = [{ scope: { type: 'organization', id: other }, role: 'owner' }];
    expect(refusal(rule, { caller: owner({ grants }) })).toBe('forbidden');
  });
});

describe('A session of a kind that a rule does not name', () => {
  const refusals = (access: AccessRule, reads: boolean) =>
    kinds.map((kind) => refusal(access, { caller: owner({ kind }), reads }));

  it('may not change anything in its account', () => {
    expect(refusals(allow({ account: ['owner'] }, { keys: false }), false)).toEqual([
      undefined,
      'portal_only',
      'link_session',
      'key_not_allowed',
    ]);
  });

  it('may read in its account what its role may read, if it is from an access link', () => {
    expect(refusals(allow({ account: ['owner'] }, { keys: false }), true)).toEqual([
      undefined,
      'portal_only',
      undefined,
      'key_not_allowed',
    ]);
  });

  it.each([false, true])('may not ask about its user (reading: %s)', (reads) => {
    expect(refusals(signedIn('portal'), reads)).toEqual([undefined, 'portal_only', 'link_session', 'key_not_allowed']);
  });

  it('may not do what the platform’s staff does', () => {
    const staff = kinds.map((kind) => refusal(operator(), { caller: owner({ kind, operator: true }) }));
    expect(staff).toEqual([undefined, 'portal_only', 'link_session', 'key_not_allowed']);
    expect(refusal(operator(), { caller: owner() })).toBe('forbidden');
  });
});

describe('A partner’s user in another company’s account', () => {
  const partner = (change: Partial<Caller> = {}) =>
    owner({
      partnershipId: other,
      grants: [{ scope: { type: 'account', id: own }, role: 'partner' }],
      ...change,
    });

  it('uses the software, and moves the session, as a login token’s session does', () => {
    expect(refusal(signedIn('portal', 'login_token', 'access_link'), { caller: partner() })).toBeUndefined();
  });

  it.each([allow(anyRole), allow(anyRole, { also: ['login_token'] }), signedIn('portal')])(
    'sees nothing of the portal (%j)',
    (access) => expect(refusal(access, { caller: partner(), reads: true })).toBe('portal_only'),
  );

  it('does nothing of the platform’s staff there, being of it or not', () => {
    expect(refusal(operator(), { caller: partner({ operator: true }) })).toBe('portal_only');
    expect(refusal(operator(), { caller: partner() })).toBe('portal_only');
  });

  it('may enrol in two-factor where that company demands it', () => {
    const caller = partner({ mustEnrol: true });
    expect(refusal(toEnrol(), { caller })).toBeUndefined();
    for (const access of [signedIn('portal'), allow(anyRole)]) expect(refusal(access, { caller })).toBe('portal_only');
    expect(refusal(toEnrol(), { caller: partner() })).toBe('portal_only');
  });

  it('says who they are nowhere else either', () => {
    expect(refusal(anyone('portal'), { caller: partner() })).toBe('portal_only');
    expect(refusal(anyone(), { caller: partner() })).toBeUndefined();
  });

  it('does not find any other account, their own included', () => {
    expect(refusal(allow(anyRole), { caller: partner(), accountId: other })).toBe('not_found');
  });
});

describe('A service that asks in its own name', () => {
  const asked = (access: AccessRule, caller?: Caller) => {
    const context = anyContext(caller, { service: 'identity' });
    return authorize(defineCommand(shapeOf(access)), context, own)?.code;
  };

  it('may do what the rule names it for, and others may not', () => {
    expect(asked(services('identity'))).toBeUndefined();
    expect(asked(services('tenancy', 'audit'))).toBe('forbidden');
    expect(refusal(services('identity'), { caller: owner({ operator: true }) })).toBe('forbidden');
  });

  it.each([allow({ account: ['owner'] }), signedIn('portal'), operator(), gateway(), anyone()])(
    'may not do what is the callers’ and the gateway’s, even if it names a caller (%j)',
    (access) => expect(asked(access, owner({ operator: true }))).toBe('forbidden'),
  );
});

describe('What anyone may do', () => {
  it.each([anyone(), gateway()])('asks for no credential (%j)', (access) => {
    expect(refusal(access, {})).toBeUndefined();
  });
});
