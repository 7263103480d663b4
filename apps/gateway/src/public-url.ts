import type { GatewayConfig } from './gateway.config.ts';

/** The address under which clients reach the gateway; without a trailing slash. */
export function publicUrl({ PUBLIC_URL, PORT }: Pick<GatewayConfig, 'PUBLIC_URL' | 'PORT'>): string {
  return (PUBLIC_URL ?? `http://localhost:${PORT}`).replace(/\/+$/, '');
}
