import { describe, expect, it } from '@jest/globals';
import { contracts, deleteGroup, Failure, pathParameters, putPermissions, updateGroup } from '@valetkey/contracts';
import { v7 as uuidv7 } from 'uuid';
import { inputOf, noInputOf } from './request-input.ts';

const routes = contracts.flatMap((contract) => (contract.http ? [{ contract, http: contract.http }] : []));
const paramsOf = (path: string) => Object.fromEntries(pathParameters(path).map((name) => [name, uuidv7()]));

describe('A request whose body is no input', () => {
  it('asks of its row what no contract grants, and none mistakes for a malformed path', () => {
    for (const { contract, http } of routes) {
      const params = paramsOf(http.path);
      const { success, error } = contract.input.safeParse(noInputOf({ params }));
      const inPath = error?.issues.some(({ path }) => String(path[0]) in params);
      expect({ subject: contract.subject, success, inPath }).toMatchObject({ success: false, inPath: false });
    }
  });
});

describe('What a client sends', () => {
  const changing = routes.filter(({ http }) => http.method === 'PATCH' && pathParameters(http.path).length > 0);

  it.each(changing.map(({ contract, http }) => [contract.subject, contract, http.path] as const))(
    '%s: an object, of which the path alone says what it is about',
    (_subject, contract, path) => {
      const params = paramsOf(path);
      const parts = { params, query: {} };
      expect(inputOf(contract, { ...parts, body: { name: 'N' } })).toEqual({ ...params, name: 'N' });
      for (const body of [[], 'text', 5, null, { ...params }])
        expect(inputOf(contract, { ...parts, body })).toBeInstanceOf(Failure);
    },
  );

  const dryRun = 'true';
  const isUnknown = { code: 'malformed', extras: { errors: [{ detail: 'is not a known field' }] } };
  const ofGroup = { params: paramsOf(updateGroup.http?.path ?? ''), query: {}, body: undefined };
  const inEarnest = { ...ofGroup, body: { name: 'N' } };

  it('stands in the query where the route looks for it there, with a body or without', () => {
    expect(inputOf(updateGroup, { ...inEarnest, query: { dryRun } })).toMatchObject({ name: 'N', dryRun });
    expect(inputOf(deleteGroup, { ...ofGroup, query: { dryRun } })).toMatchObject({ dryRun });
  });

  it('is refused in the wrong place, lest a dry run be done in earnest', () => {
    expect(inputOf(updateGroup, { ...ofGroup, body: { name: 'N', dryRun } })).toMatchObject(isUnknown);
    expect(inputOf(updateGroup, { ...inEarnest, query: { dryrun: 'true' } })).toMatchObject(isUnknown);
    expect(inputOf(updateGroup, { ...inEarnest, query: { name: 'M' } })).toMatchObject(isUnknown);
    expect(inputOf(deleteGroup, { ...ofGroup, body: { dryRun } })).toMatchObject(isUnknown);
    expect(inputOf(putPermissions, { params: {}, query: { dryRun }, body: [] })).toMatchObject(isUnknown);
  });
});
