import type { Account as AccountView, ModuleName } from '@valetkey/contracts';
import type { Account } from './account.entity.ts';

export function accountView(account: Account): AccountView & { revision: number } {
  const { id, name, country, landingUrl, tokenSessionLimit, revision } = account;
  return {
    id,
    name,
    country,
    landingUrl,
    tokenSessionLimit,
    modules: switches(account.modules),
    createdAt: account.createdAt.toISOString(),
    revision,
  };
}

function switches(on: readonly ModuleName[]): Record<ModuleName, boolean> {
  return {
    login_tokens: on.includes('login_tokens'),
    access_links: on.includes('access_links'),
    partner: on.includes('partner'),
    client: on.includes('client'),
  };
}
