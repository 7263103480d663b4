import type { Role } from '@valetkey/contracts';
import { type Owner, ownerOf, type Person, person, signedIn } from './client.ts';
import { memberOf } from './members.ts';
import { operatorOf } from './operator.ts';
import {
  authorize,
  catalogueDevices,
  enter,
  type Partnership,
  partnershipOf,
  setModules,
  userIdOf,
} from './partnerships.ts';
import { OPERATOR_EMAIL, type Platform } from './start-platform.ts';

const pia = { ...person('pia@northern.example'), name: 'Pia' };
const clara = { ...person('clara@harbour.example'), name: 'Clara' };

/** A member of the provider's, with their own session. */
export interface ProvidersUser {
  session: Owner;
  userId: string;
}

/** Northern Light IT, whose people work for Harbour Cranes. */
export class TwoCompanies {
  private constructor(
    readonly platform: Platform,
    public operator: Owner,
    public provider: Owner,
    public client: Owner,
  ) {}

  /** Each may be the partner and the client of others. */
  static async of(platform: Platform): Promise<TwoCompanies> {
    const provider = await ownerOf(platform, 'Northern Light IT', pia);
    const client = await ownerOf(platform, 'Harbour Cranes', clara);
    const operator = await operatorOf(platform);
    await catalogueDevices(operator, ['devices.reset']);
    for (const account of [provider, client]) await setModules(operator, account, { partner: true, client: true });
    return new TwoCompanies(platform, operator, provider, client);
  }

  /** The owners sign in again, whom the passing of time has signed out. */
  async backAtWork(): Promise<void> {
    this.provider = await signedIn(this.platform, pia);
    this.client = await signedIn(this.platform, clara);
    this.operator = await signedIn(this.platform, person(OPERATOR_EMAIL));
  }

  /** A new member of the provider's, who may do nothing elsewhere. */
  async join(name: string, role: Role = 'viewer'): Promise<ProvidersUser> {
    const session = await memberOf(this.platform, this.provider, role, { name });
    return { session, userId: await userIdOf(this.provider, this.emailOf(name)) };
  }

  /** The address of a member of the provider's. */
  emailOf(name: string): string {
    return this.whoIs(name).email.toLowerCase();
  }

  /** A member of the provider's, as they sign in. */
  whoIs(name: string): Person {
    return { ...person(`${name}@${this.provider.accountId}.example`), name };
  }

  partnership(permissions: readonly string[]): Promise<Partnership> {
    return partnershipOf(this.provider, this.client, permissions);
  }

  /** The client ends it, so that the two may begin anew. */
  async end({ clientPath }: Partnership): Promise<void> {
    const { status } = await this.client.call('DELETE', clientPath);
    if (status !== 204) throw new Error(`Ending a partnership answered ${status}`);
  }

  /** A new member of the provider's, who stands in the client's account with these permissions. */
  async worker(partnership: Partnership, name: string, permissions: readonly string[]): Promise<ProvidersUser> {
    const user = await this.join(name);
    await authorize(this.provider, partnership, [user.userId], permissions);
    await enter(user.session, this.client);
    return user;
  }
}
