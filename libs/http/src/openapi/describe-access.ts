import type { AccountRoles, RouteAccess } from '@valetkey/contracts';

/** The rule of what only reads or does not, in words, e.g. `account owner, manager; by portal, access_key; module client`. */
export function describeAccess({ access, reads }: { access: RouteAccess; reads: boolean }): string {
  switch (access.kind) {
    case 'anyone':
      return access.principals.length > 0 ? `anyone; by ${access.principals.join(', ')} or nobody` : 'anyone';
    case 'signed-in':
      return `any role; by ${access.principals.join(', ')}`;
    case 'account':
      return [
        describeRoles(access.roles),
        // A link lets its user read what their role may read.
        `by ${[...new Set([...access.principals, ...(reads ? (['access_link'] as const) : [])])].join(', ')}`,
        ...(access.module ? [`module ${access.module}`] : []),
      ].join('; ');
    case 'operator':
      return 'operators';
    case 'gateway':
      return 'the gateway';
    case 'services':
      return `services ${access.callers.join(', ')}`;
    case 'resource-server':
      return 'resource servers';
  }
}

function describeRoles({ account, group, organization }: AccountRoles): string {
  const levels = Object.entries({ account, group, organization });
  return levels.flatMap(([level, roles]) => (roles ? [`${level} ${roles.join(', ')}`] : [])).join('; ');
}
