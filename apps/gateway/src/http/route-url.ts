/** A contract's path (`/v1/accounts/{accountId}`) as Fastify writes it (`/v1/accounts/:accountId`). */
export function routeUrl({ http }: { http?: { path: string } }): string {
  if (!http) throw new Error('The contract has no route');
  return http.path.replaceAll(/\{(\w+)\}/g, ':$1');
}
