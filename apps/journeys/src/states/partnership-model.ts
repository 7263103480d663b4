import type { PartnershipStatus } from '@valetkey/contracts';

const LAPSE_MS = 30 * 24 * 3_600_000;

/** Two companies that may take up the provider's tokens. */
export const clientNames = ['client', 'second'] as const;
export type ClientName = (typeof clientNames)[number];
/** The provider may try to take up a token of its own. */
export type CompanyName = ClientName | 'provider';

/** Members of the provider's. */
export const userNames = ['Nils', 'Nora'] as const;
export type UserName = (typeof userNames)[number];

export const permissions = ['devices.manage', 'devices.reset', 'devices.view'];

/** A partnership as anybody would keep it on paper. */
export interface PartnershipOnPaper {
  id: string;
  secret: string;
  status: 'pending' | 'active' | 'disabled' | 'revoked';
  lapsesAt: number;
  client?: ClientName;
  ceiling: readonly string[];
  grants: Map<UserName, readonly string[]>;
  /** Its provider sees it no more. */
  isDeleted: boolean;
}

interface UserOnPaper {
  isMember: boolean;
  /** In which account their session stands, if in any. */
  standsIn?: CompanyName | undefined;
}

/** The rules of product.md for the partnerships of one provider. */
export class PartnershipModel {
  isOn: Record<CompanyName, boolean> = { provider: true, client: true, second: true };
  partnerships: PartnershipOnPaper[] = [];
  users: Record<UserName, UserOnPaper> = {
    Nils: { isMember: true, standsIn: 'provider' },
    Nora: { isMember: true, standsIn: 'provider' },
  };
  /** Whose sessions are about to leave which account. */
  leaving: { name: UserName; client: ClientName }[] = [];

  constructor(private readonly clock: { now(): Date }) {}

  statusOf({ status, lapsesAt }: PartnershipOnPaper): PartnershipStatus {
    return status === 'pending' && lapsesAt <= this.clock.now().getTime() ? 'lapsed' : status;
  }

  make(made: Pick<PartnershipOnPaper, 'id' | 'secret'>): void {
    const lapsesAt = this.clock.now().getTime() + LAPSE_MS;
    this.partnerships.push({
      ...made,
      status: 'pending',
      lapsesAt,
      ceiling: [],
      grants: new Map(),
      isDeleted: false,
    });
  }

  takeUp(partnership: PartnershipOnPaper, client: ClientName, ceiling: readonly string[]): void {
    Object.assign(partnership, { client, ceiling, status: 'active' });
  }

  /** What is above it is gone for good. */
  setCeiling(partnership: PartnershipOnPaper, ceiling: readonly string[]): void {
    partnership.ceiling = ceiling;
    for (const [user, granted] of partnership.grants) {
      const kept = granted.filter((name) => ceiling.includes(name));
      partnership.grants.set(user, kept);
    }
  }

  revoke(partnership: PartnershipOnPaper): void {
    partnership.status = 'revoked';
    partnership.grants.clear();
  }

  /** The client keeps the record of whom it had let in. */
  delete(partnership: PartnershipOnPaper): void {
    if (partnership.client) this.revoke(partnership);
    else this.partnerships = this.partnerships.filter((other) => other !== partnership);
    partnership.isDeleted = true;
  }

  remove(name: UserName): void {
    const user = this.users[name];
    user.isMember = false;
    if (user.standsIn === 'provider') user.standsIn = undefined;
    for (const { grants } of this.partnerships) grants.delete(name);
  }

  /** Everybody has signed in anew, and went home. */
  goHome(): void {
    for (const name of userNames) this.users[name].standsIn = this.users[name].isMember ? 'provider' : undefined;
  }

  /** What lets a user stand in a client's account, with no permissions while it is disabled. */
  letting(user: UserName, client: ClientName): PartnershipOnPaper | undefined {
    if (!this.isOn.provider || !this.isOn[client]) return undefined;
    return this.standing(client).find(({ grants }) => grants.has(user));
  }

  mayEnter(user: UserName, company: CompanyName): boolean {
    if (company === 'provider') return this.users[user].isMember;
    return this.letting(user, company)?.status === 'active';
  }

  /** Takes out whom nothing lets stand any more where they stood; whether there is anybody. */
  leave(): boolean {
    const left = userNames.flatMap((name) => {
      const client = this.users[name].standsIn;
      if (!client || client === 'provider' || this.letting(name, client)) return [];
      this.users[name].standsIn = undefined;
      return [{ name, client }];
    });
    this.leaving.push(...left);
    return left.length > 0;
  }

  /** Active or disabled ones of a client: of those between the two companies there is one at most. */
  standing(client: ClientName): PartnershipOnPaper[] {
    return this.partnerships.filter((one) => one.client === client && one.status !== 'revoked');
  }
}
