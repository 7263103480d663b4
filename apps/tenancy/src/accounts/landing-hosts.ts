import type { TenancyConfig } from '../tenancy.config.ts';

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The hosts on which an account's landing page may lie: elsewhere the link of a mail would lead to a stranger. */
export class LandingHosts {
  private readonly gateway: string | undefined;
  private readonly domain: string | undefined;

  constructor({ PUBLIC_URL, COOKIE_DOMAIN }: Pick<TenancyConfig, 'PUBLIC_URL' | 'COOKIE_DOMAIN'>) {
    this.gateway = PUBLIC_URL && new URL(PUBLIC_URL).hostname;
    this.domain = COOKIE_DOMAIN?.toLowerCase();
  }

  /** The address as a browser understands it, if its host is allowed; without encryption on the loopback only. */
  admit(address: string): string | undefined {
    const url = new URL(address);
    const encrypted = url.protocol === 'https:' || (url.protocol === 'http:' && loopback.has(url.hostname));
    const anonymous = url.username === '' && url.password === '';
    return encrypted && anonymous && this.has(url.hostname) ? url.href : undefined;
  }

  private has(host: string): boolean {
    if (host === this.gateway) return true;
    return this.domain !== undefined && (host === this.domain || host.endsWith(`.${this.domain}`));
  }
}
