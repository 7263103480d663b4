import { describe, expect, test } from '@jest/globals';
import {
  type Caller,
  type Contract,
  contracts,
  Failure,
  moduleNames,
  PrincipalKind,
  type RequestContext,
} from '@valetkey/contracts';
import { operations, refusalsOf } from '@valetkey/http/openapi';
import { authorize } from '@valetkey/messaging';

const [home, elsewhere] = ['0197a5a0-0000-7000-8000-000000000001', '0197a5a0-0000-7000-8000-000000000002'];
const request = { requestId: 'r', correlationId: 'r', traceparent: 't' };
const either = [true, false];
const standings = [
  { ...standing({ accountId: home, role: false, module: true, operator: false }), partnershipId: elsewhere },
  standing({ accountId: home, role: true, module: true, operator: false, mustEnrol: true }),
  ...[undefined, home, elsewhere].flatMap((accountId) =>
    either.flatMap((role) =>
      either.flatMap((module) => either.map((operator) => standing({ accountId, role, module, operator }))),
    ),
  ),
];

function standing(may: { accountId?: string; role: boolean; module: boolean; operator: boolean; mustEnrol?: boolean }) {
  const owner: Caller['grants'] = [{ scope: { type: 'account', id: home }, role: 'owner' }];
  const modules: Caller['modules'] = may.module ? [...moduleNames] : [];
  return {
    accountId: may.accountId,
    grants: may.role ? owner : [],
    modules,
    operator: may.operator,
    mustEnrol: may.mustEnrol,
  };
}

/** Everybody, as far as rules tell callers apart: nobody, and each kind in this account, another, or none. */
const contexts: RequestContext[] = [
  request,
  ...PrincipalKind.options.flatMap((kind) =>
    standings.map((where) => ({
      ...request,
      caller: { kind, subject: { type: 'user' as const, id: home, name: 'Ada' }, ...where },
    })),
  ),
];

/** Codes that the access rule alone brings forth; the same codes may come from elsewhere too. */
const ofRules = [
  'unauthenticated',
  'no_account',
  'forbidden',
  'portal_only',
  'link_session',
  'key_not_allowed',
  'module_disabled',
  'two_factor_required',
];

function refusedBy(contract: Contract): Set<string> {
  const answers = contexts.map((context) => authorize(contract, context, home));
  return new Set(answers.flatMap((answer) => (answer instanceof Failure ? [answer.code] : [])));
}

const cases = contracts.flatMap((contract) => {
  const operation = operations.find(({ http }) => http === contract.http);
  return operation ? [{ contract, operation, subject: contract.subject }] : [];
});

describe('The refusals in the documentation', () => {
  test.each(cases)('of $subject are those of its access rule', ({ contract, operation }) => {
    const documented: readonly string[] = refusalsOf(operation);
    const refused = refusedBy(contract);
    expect(documented).toEqual(expect.arrayContaining([...refused]));
    const own: readonly string[] = contract.errors;
    const unfounded = documented.filter((code) => ofRules.includes(code) && !own.includes(code) && !refused.has(code));
    expect(unfounded).toEqual([]);
  });
});
