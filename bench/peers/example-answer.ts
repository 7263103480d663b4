const id = (last: string): string => `01970000-0000-7000-8000-00000000000${last}`;

/** An introspection's answer as docs/openapi.json has it for an access link, with ids and times of full length. */
export const exampleAnswer = {
  active: true,
  token_type: 'session',
  kind: 'access_link',
  sub: `user:${id('1')}`,
  sid: id('2'),
  act: { sub: `access-link:${id('3')}`, act: { sub: `user:${id('4')}` } },
  account_id: id('5'),
  organization_id: id('6'),
  scope_type: 'account',
  scope_id: id('5'),
  role: 'viewer',
  scope: 'devices.view',
  iat: 1_789_000_000,
  exp: 1_789_043_200,
};
