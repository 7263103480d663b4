import { expect, it } from '@jest/globals';
import { contracts } from '@valetkey/contracts';
import { saysWhereMade } from './where-made.ts';

it('What is made has a Location only where it can be read by itself', () => {
  const making = contracts.flatMap(({ http }) => (http?.creates ? [http] : []));
  expect(Object.fromEntries(making.map((http) => [http.path, saysWhereMade(http)]))).toEqual({
    '/v1/accounts/{accountId}/organizations': true,
    '/v1/accounts/{accountId}/login-tokens': true,
    '/v1/operator/resource-servers': false,
  });
});

it('What makes nothing has none', () => {
  expect(saysWhereMade({ path: '/v1/operator/accounts' })).toBe(false);
});
