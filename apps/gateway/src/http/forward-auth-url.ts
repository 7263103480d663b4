import { forwardAuth } from '@valetkey/contracts';

const { path } = forwardAuth.http;

/**
 * Where a URL leads: what a proxy puts behind the path of forward-auth is the URL of its own client's request, which is no
 * question of ours. That of Envoy's `path_prefix` may hold anything, even what no router can decode. A query right behind
 * a superfluous slash counts, for it may be the operator's own, and can only ask for more.
 */
export function withoutProxiedUrl(url: string): string {
  if (!url.startsWith(`${path}/`)) return url;
  const below = url.slice(path.length + 1);
  return below.startsWith('?') ? path + below : path;
}
