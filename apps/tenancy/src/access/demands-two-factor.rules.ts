import type { Grant, TwoFactorDemand } from '@valetkey/contracts';

/** Whether an account's policy demands two-factor of a user who holds these grants there. */
export function demandsTwoFactor(demand: TwoFactorDemand, grants: readonly Grant[]): boolean {
  switch (demand) {
    case 'off':
      return false;
    case 'owners':
      return grants.some(({ role }) => role === 'owner');
    case 'everyone':
      return true;
  }
}
