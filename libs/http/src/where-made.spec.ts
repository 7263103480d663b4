import { expect, it } from '@jest/globals';
import { contracts } from '@valetkey/contracts';
import { saysWhereMade } from './where-made.ts';

it('What is made has a Location only where it can be read by itself', () => {
  const making = contracts.flatMap(({ http }) => (http?.creates ? [http] : []));
  expect(Object.fromEntries(making.map((http) => [http.path, saysWhereMade(http)]))).toEqual({
    '/v1/accounts': true,
    '/v1/accounts/{accountId}/access-keys': true,
    '/v1/accounts/{accountId}/access-links': true,
    '/v1/accounts/{accountId}/groups': true,
    '/v1/accounts/{accountId}/invitations': false,
    '/v1/accounts/{accountId}/login-tokens': true,
    '/v1/accounts/{accountId}/members': false,
    '/v1/accounts/{accountId}/organizations': true,
    '/v1/accounts/{accountId}/partner-tokens': true,
    '/v1/accounts/{accountId}/partner-tokens/{partnerTokenId}/users': false,
    '/v1/accounts/{accountId}/partners': true,
    '/v1/operator/resource-servers': false,
    '/v1/users/me/emails': false,
  });
});

it('What makes nothing has none', () => {
  expect(saysWhereMade({ path: '/v1/operator/accounts' })).toBe(false);
});
