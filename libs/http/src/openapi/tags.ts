interface Area {
  readonly name: string;
  readonly description: string;
  readonly paths: RegExp;
}

/** The areas of the API, the first that fits a path counting. */
const areas: readonly Area[] = [
  { name: 'Oneself', description: 'One’s own user', paths: /^\/v1\/users\/me/ },
  {
    name: 'Lending',
    description: 'What an account lends: tokens, links, keys, partnerships',
    paths: /^\/v1\/accounts\/\{accountId\}\/(login-tokens|access-links|access-keys|partner)/,
  },
  { name: 'Accounts', description: 'Accounts and who is in them', paths: /^\/v1\/(accounts|invitations)/ },
  { name: 'Operator', description: 'Platform staff', paths: /^\/v1\/operator/ },
  {
    name: 'Other software',
    description: 'For services that verify what callers bring',
    paths: /^\/(oauth|\.well-known|v1\/forward-auth)/,
  },
  { name: 'Pages', description: 'What mail links to', paths: /^\/open/ },
  { name: 'Health', description: 'For orchestrators', paths: /^\/health/ },
  { name: 'Sign-in and session', description: 'Signing up, in and out', paths: /^\/v1\// },
];

/** @throws Error for a path of no area. */
export function tagOf(path: string): string {
  const area = areas.find(({ paths }) => paths.test(path));
  if (!area) throw new Error(`${path} belongs to no area`);
  return area.name;
}

export const tags = areas.map(({ name, description }) => ({ name, description }));
