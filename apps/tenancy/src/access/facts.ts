import type { Grant, Standing } from '@valetkey/contracts';
import type { CataloguedPermission, StandingFacts } from './decide-access.rules.ts';
import { type AccountRow, grantOf, type HeldRow, type UnitRow } from './facts.queries.ts';

/** What was read for some standings, to be asked for each of them. */
export class Facts {
  private readonly accounts: ReadonlyMap<string, AccountRow>;
  private readonly units: ReadonlyMap<string, UnitRow>;
  private readonly held: ReadonlyMap<string, HeldRow[]>;

  constructor(
    readonly catalogue: readonly CataloguedPermission[],
    rows: { accounts: AccountRow[]; units: UnitRow[]; held: HeldRow[] },
  ) {
    this.accounts = new Map(rows.accounts.map((row) => [row.id, row]));
    this.units = new Map(rows.units.map((row) => [row.id, row]));
    this.held = Map.groupBy(rows.held, (row) => pairOf(row.user_id, row.account_id));
  }

  /** Nothing where the account does not exist. */
  of({ accountId, organizationId, holder }: Standing): StandingFacts | undefined {
    const account = this.accounts.get(accountId);
    if (!account) return undefined;
    const organization = organizationId ? this.unitOf(accountId, 'organization', organizationId) : undefined;
    const held = 'userId' in holder ? (this.held.get(pairOf(holder.userId, accountId)) ?? []) : [];
    return {
      account: { ...account, landingUrl: account.landing_url },
      organization: organization && { ...organization, groupId: organization.group_id },
      grants: 'grant' in holder ? this.carried(accountId, holder.grant) : held.map(grantOf),
      userName: held[0]?.user_name,
      requireTwoFactor: 'userId' in holder ? account.require_two_factor : 'off',
    };
  }

  /** What a token or key carries was checked when it was made: its scope may have gone since. */
  private carried(accountId: string, grant: Grant): Grant[] {
    const { type, id } = grant.scope;
    const stands = type === 'account' ? id === accountId : this.unitOf(accountId, type, id) !== undefined;
    return stands ? [grant] : [];
  }

  private unitOf(accountId: string, type: UnitRow['type'], id: string): UnitRow | undefined {
    const unit = this.units.get(id);
    return unit?.account_id === accountId && unit.type === type ? unit : undefined;
  }
}

function pairOf(userId: string, accountId: string): string {
  return `${userId} ${accountId}`;
}
