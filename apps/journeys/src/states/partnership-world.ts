import { expect } from '@jest/globals';
import { z } from 'zod';
import { type Answer, type Owner, ownerOf, person, signedIn } from '../client.ts';
import { type Introspect, introspectorOf } from '../introspector.ts';
import { memberOf } from '../members.ts';
import { membershipOf } from '../membership-of.ts';
import { operatorOf } from '../operator.ts';
import { catalogueDevices, enter, setModules, userIdOf } from '../partnerships.ts';
import { standIn } from '../stand-in.ts';
import { OPERATOR_EMAIL, type Platform } from '../start-platform.ts';
import { type CompanyName, type UserName, userNames } from './partnership-model.ts';

const Made = z.object({ id: z.string() });

type Companies = Record<CompanyName, Owner>;
type Users = Record<UserName, { session: Owner; userId: string }>;

const ownerOfCompany = (company: CompanyName) => person(`owner@${company}.example`);

/** Three companies, new ones in each run, and two members of the one that is the others' partner. */
export class PartnershipWorld {
  private constructor(
    readonly platform: Platform,
    private operator: Owner,
    readonly introspect: Introspect,
    /** Their owners, each in the company's account. */
    public companies: Companies,
    public users: Users,
  ) {}

  static async of(platform: Platform): Promise<PartnershipWorld> {
    const operator = await operatorOf(platform);
    await catalogueDevices(operator, ['devices.reset']);
    const companies = await ofCompanies((company) => ownerOf(platform, company, ownerOfCompany(company)));
    const introspect = await introspectorOf(operator);
    const nobody = { session: operator, userId: '' };
    return new PartnershipWorld(platform, operator, introspect, companies, { Nils: nobody, Nora: nobody });
  }

  /** Accounts and users that nobody has done anything with. */
  async begin(): Promise<void> {
    const { platform } = this;
    this.companies = await ofCompanies(async (company) => {
      const owner = this.companies[company];
      const made = Made.parse((await owner.call('POST', '/v1/accounts', { body: { name: company } })).body);
      await setModules(this.operator, { accountId: made.id }, { partner: true, client: true });
      return standIn(owner, made.id);
    });
    const { provider } = this.companies;
    this.users = await ofUsers(async (name) => {
      const session = await memberOf(platform, provider, 'viewer', { name });
      return { session, userId: await userIdOf(provider, this.emailOf(name).toLowerCase()) };
    });
  }

  provider(method: string, path = '', body?: object): Promise<Answer> {
    return this.company('provider', method, `/partner-tokens${path}`, body);
  }

  company(company: CompanyName, method: string, path: string, body?: object): Promise<Answer> {
    const owner = this.companies[company];
    return owner.call(method, owner.path + path, body && { body });
  }

  turn(company: CompanyName, on: boolean): Promise<void> {
    const modules = company === 'provider' ? { partner: on } : { client: on };
    return setModules(this.operator, this.companies[company], modules);
  }

  /** Takes a user's membership in the provider's account. */
  async remove(name: UserName): Promise<void> {
    const { provider } = this.companies;
    const { path } = await membershipOf(name, provider);
    expect((await provider.call('DELETE', path)).status).toBe(204);
  }

  /** Everybody signs in again, and members of the provider's begin there. */
  async pass(milliseconds: number, isMember: (name: UserName) => boolean): Promise<void> {
    const { platform } = this;
    platform.clock.advance(milliseconds);
    this.operator = await signedIn(platform, person(OPERATOR_EMAIL));
    this.companies = await ofCompanies(async (company) => {
      const { accountId } = this.companies[company];
      return standIn(await signedIn(platform, ownerOfCompany(company)), accountId);
    });
    this.users = await ofUsers(async (name) => {
      const session = await signedIn(platform, person(this.emailOf(name)));
      if (isMember(name)) await enter(session, this.companies.provider);
      return { ...this.users[name], session };
    });
  }

  /** By forward-auth, with a permission asked for. */
  async proxied(name: UserName, permission: string): Promise<string | number> {
    const { code, status } = await this.users[name].session.call('GET', `/v1/forward-auth?permission=${permission}`);
    return code ?? status;
  }

  /** Who of the users stands in a company's account, as its owner sees it. */
  async standers(company: CompanyName): Promise<UserName[]> {
    const { body } = await this.company(company, 'GET', '/sessions?kind=portal&limit=100');
    const { items } = z.object({ items: z.array(z.object({ subject: Made })) }).parse(body);
    return userNames.filter((name) => items.some(({ subject }) => subject.id === this.users[name].userId));
  }

  private emailOf(name: UserName): string {
    return `${name}@${this.companies.provider.accountId}.example`;
  }
}

async function ofCompanies<Value>(make: (company: CompanyName) => Promise<Value>): Promise<Record<CompanyName, Value>> {
  return { provider: await make('provider'), client: await make('client'), second: await make('second') };
}

async function ofUsers<Value>(make: (name: UserName) => Promise<Value>): Promise<Record<UserName, Value>> {
  return { Nils: await make('Nils'), Nora: await make('Nora') };
}
