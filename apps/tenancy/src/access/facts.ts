import type { Grant, Standing } from '@valetkey/contracts';
import type { CataloguedPermission, StandingFacts } from './decide-access.rules.ts';
import { type AccountRow, grantOf, type HeldRow, type UnitRow } from './facts.queries.ts';
import { mayLend } from './may-lend.rules.ts';
import { partnerGrantOf, type PartnerGrantRow, roleOfPartner } from './partner-grants.queries.ts';

type Holding = Pick<StandingFacts, 'grants' | 'userName' | 'partner'>;

/** What was read for some standings, to be asked for each of them. */
export class Facts {
  private readonly accounts: ReadonlyMap<string, AccountRow>;
  private readonly units: ReadonlyMap<string, UnitRow>;
  private readonly held: ReadonlyMap<string, HeldRow[]>;
  private readonly partners: ReadonlyMap<string, PartnerGrantRow>;

  constructor(
    readonly catalogue: readonly CataloguedPermission[],
    rows: { accounts: AccountRow[]; units: UnitRow[]; held: HeldRow[]; partners: PartnerGrantRow[] },
  ) {
    this.accounts = new Map(rows.accounts.map((row) => [row.id, row]));
    this.units = new Map(rows.units.map((row) => [row.id, row]));
    this.held = Map.groupBy(rows.held, (row) => pairOf(row.user_id, row.account_id));
    this.partners = new Map(rows.partners.map((row) => [pairOf(row.user_id, row.account_id), row]));
  }

  /** Nothing where the account does not exist. */
  of({ accountId, organizationId, holder }: Standing): StandingFacts | undefined {
    const account = this.accounts.get(accountId);
    if (!account) return undefined;
    const organization = organizationId ? this.unitOf(accountId, 'organization', organizationId) : undefined;
    return {
      account: { ...account, landingUrl: account.landing_url },
      organization: organization && { ...organization, groupId: organization.group_id },
      ...this.holding(accountId, holder),
      requireTwoFactor: isLent(holder) ? 'off' : account.require_two_factor,
    };
  }

  private holding(accountId: string, holder: Standing['holder']): Holding {
    if ('grant' in holder) return { grants: this.carried(accountId, holder.grant), userName: undefined };
    const { userId, lenderId } = holder;
    const [grants, userName] = [this.memberships(accountId, userId), this.nameOf(accountId, userId)];
    if (lenderId !== undefined) {
      const lender = { userId: lenderId, grants: this.memberships(accountId, lenderId) };
      return { grants: mayLend(lender, { userId, grants }) ? grants : [], userName };
    }
    return grants.length > 0 ? { grants, userName } : this.asPartner(accountId, userId);
  }

  private memberships(accountId: string, userId: string): Grant[] {
    return (this.held.get(pairOf(userId, accountId)) ?? []).map(grantOf);
  }

  private nameOf(accountId: string, userId: string): string | undefined {
    return this.held.get(pairOf(userId, accountId))?.[0]?.user_name;
  }

  private asPartner(accountId: string, userId: string): Holding {
    const row = this.partners.get(pairOf(userId, accountId));
    if (!row) return { grants: [], userName: undefined };
    return { grants: [roleOfPartner(accountId)], userName: row.user_name, partner: partnerGrantOf(row) };
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

/** By a token, key or link: of such access the account's policy demands no second factor. */
function isLent(holder: Standing['holder']): boolean {
  return 'grant' in holder || holder.lenderId !== undefined;
}

/** A user in an account, as a key. */
export function pairOf(userId: string, accountId: string): string {
  return `${userId} ${accountId}`;
}
