import { AccessLink, type Role, type Scope } from '@valetkey/contracts';
import { enterByLink, type MailedLink, recipientOf, sendLink } from './access-links.ts';
import { type Client, type Owner, ownerOf, type Person, person, signedIn } from './client.ts';
import { memberOf } from './members.ts';
import { operatorOf } from './operator.ts';
import { catalogueDevices, setModules } from './partnerships.ts';
import { OPERATOR_EMAIL, type Platform } from './start-platform.ts';

const olivia = person('olivia@harbour.example');

/** Harbour Cranes, whose supporter Sam lets members in who cannot sign in. */
export class SupportDesk {
  private constructor(
    readonly platform: Platform,
    /** Of the first gateway. */
    readonly url: string,
    public operator: Owner,
    public owner: Owner,
    public sam: Owner,
  ) {}

  static async of(platform: Platform): Promise<SupportDesk> {
    const owner = await ownerOf(platform, 'Harbour Cranes', olivia);
    const operator = await operatorOf(platform);
    await catalogueDevices(operator);
    await setModules(operator, owner, { access_links: true });
    const sam = await memberOf(platform, owner, 'supporter', { name: 'Sam' });
    return new SupportDesk(platform, owner.baseUrl, operator, owner, sam);
  }

  /** Turns the module on or off, as platform staff do. */
  async turn(on: boolean): Promise<void> {
    await setModules(this.operator, this.owner, { access_links: on });
  }

  /** Staff sign in again, whom the passing of time has signed out. */
  async backAtWork(): Promise<void> {
    this.owner = await signedIn(this.platform, olivia);
    this.operator = await signedIn(this.platform, person(OPERATOR_EMAIL));
    this.sam = await this.signIn('Sam');
  }

  /** A member, as they sign in. */
  whoIs(name: string): Person {
    return { ...person(`${name}@${this.owner.accountId}.example`), name };
  }

  /** The address of a member. */
  emailOf(name: string): string {
    return this.whoIs(name).email.toLowerCase();
  }

  signIn(name: string): Promise<Owner> {
    return signedIn(this.platform, this.whoIs(name));
  }

  /** A new member, who is signed in. */
  join(name: string, role: Role = 'viewer', scope?: Scope): Promise<Owner> {
    return memberOf(this.platform, this.owner, role, { name, ...(scope && { scope }) });
  }

  recipient(name: string) {
    return recipientOf(this.owner, { email: this.emailOf(name) });
  }

  /** Sam, or whoever is named, sends a member a link. */
  async linkFor(name: string, fields: Record<string, unknown> = {}, staff = this.sam): Promise<MailedLink> {
    return sendLink(this.platform, staff, await recipientOf(staff, { email: this.emailOf(name) }), fields);
  }

  /** The same for a new member. */
  async linkForNew(name: string, fields?: Record<string, unknown>, staff?: Owner): Promise<MailedLink> {
    await this.join(name);
    return this.linkFor(name, fields, staff);
  }

  /** The session that a link opens. */
  enter({ secret }: Pick<MailedLink, 'secret'>, proofs?: Record<string, unknown>): Promise<Client> {
    return enterByLink(this.url, secret, proofs);
  }

  /** The link as its makers see it now. */
  async shown({ path }: Pick<MailedLink, 'path'>, reader = this.owner): Promise<AccessLink> {
    return AccessLink.parse((await reader.call('GET', path)).body);
  }
}
