import type { FastifyInstance } from 'fastify';

/** Which methods each path has, for a 405 and its `Allow` (RFC 9110 §15.5.6). Sees the routes added after it. */
export class RouteMethods {
  private readonly routes: { methods: readonly string[]; pattern: RegExp }[] = [];

  constructor(fastify: FastifyInstance) {
    fastify.addHook('onRoute', ({ method, url }) => {
      const pattern = new RegExp(`^${url.replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+')}$`);
      this.routes.push({ methods: [method].flat(), pattern });
    });
  }

  of(url: string): string[] {
    const path = url.split('?')[0] ?? '';
    const methods = this.routes.filter(({ pattern }) => pattern.test(path)).flatMap((route) => route.methods);
    return [...new Set(methods)].sort();
  }
}
