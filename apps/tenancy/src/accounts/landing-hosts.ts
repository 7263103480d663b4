import type { TenancyConfig } from '../tenancy.config.ts';

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The hosts on which an account's landing page may lie: elsewhere the link of a mail would lead to a stranger. */
export class LandingHosts {
  private readonly gateway: URL | undefined;
  private readonly domain: string | undefined;

  constructor({ PUBLIC_URL, COOKIE_DOMAIN }: Pick<TenancyConfig, 'PUBLIC_URL' | 'COOKIE_DOMAIN'>) {
    this.gateway = PUBLIC_URL === undefined ? undefined : new URL(PUBLIC_URL);
    this.domain = COOKIE_DOMAIN?.toLowerCase();
  }

  /**
   * The address as a browser understands it, if it is allowed: encrypted, on the gateway's host or under the domain of its
   * cookies. Without encryption only in development: on the gateway's own host where that is a loopback on `http` itself.
   */
  admit(address: string): string | undefined {
    const url = new URL(address);
    const anonymous = url.username === '' && url.password === '';
    const allowed = url.protocol === 'https:' ? this.has(url.hostname) : this.isDevelopment(url);
    return allowed && anonymous ? url.href : undefined;
  }

  private has(host: string): boolean {
    if (host === this.gateway?.hostname) return true;
    return this.domain !== undefined && (host === this.domain || host.endsWith(`.${this.domain}`));
  }

  private isDevelopment({ protocol, hostname }: URL): boolean {
    const here = this.gateway?.protocol === 'http:' && this.gateway.hostname === hostname;
    return here && protocol === 'http:' && loopback.has(hostname);
  }
}
