import { expect } from '@jest/globals';
import { AccessLink, Membership, pageOf } from '@valetkey/contracts';
import { mailedLink, type Recipient, redeemLink } from '../access-links.ts';
import type { Answer, Owner } from '../client.ts';
import type { Platform } from '../start-platform.ts';
import { SupportDesk } from '../support-desk.ts';
import type { Choice, Sender, UserRole } from './access-link-model.ts';

const HOUR_MS = 3_600_000;

/** The account whose staff send links, and the one user whom a run is about. */
export class AccessLinkWorld {
  private addresses = 0;
  private signedInAt: number;

  private constructor(
    readonly platform: Platform,
    private readonly desk: SupportDesk,
    private sue: Owner,
    private vera: Recipient,
  ) {
    this.signedInAt = platform.clock.now().getTime();
  }

  /** On a platform that takes a client's address from its proxy. */
  static async of(platform: Platform): Promise<AccessLinkWorld> {
    const desk = await SupportDesk.of(platform);
    const sue = await desk.join('Sue', 'supporter');
    return new AccessLinkWorld(platform, desk, sue, await desk.recipient('Sue'));
  }

  /** Another user, whom nobody has sent anything; all else is as it was at first. */
  async begin(): Promise<void> {
    const name = `Vera-${crypto.randomUUID()}`;
    await this.desk.join(name);
    this.vera = await this.desk.recipient(name);
    await this.desk.turn(true);
    await this.changeRole('Sue', 'supporter');
  }

  /** Makes a link, or edits the one at a path; with the secret that was mailed. */
  async send(by: Sender, { hours, ...choice }: Choice, path?: string): Promise<{ answer: Answer; secret: string }> {
    const { userId, emailId, email } = this.vera;
    const expiry = hours === undefined ? {} : { expiresAt: this.inHours(hours) };
    const body = { ...choice, ...expiry };
    const whom = { userId, emailId };
    return mailedLink(this.platform, email, () =>
      path
        ? this.sender(by).call('PATCH', path, { body })
        : this.sender(by).call('POST', this.links, { body: { ...whom, ...body } }),
    );
  }

  async delete(by: Sender, path: string): Promise<Answer> {
    return this.sender(by).call('DELETE', path);
  }

  /** From an address that nobody has come from, unless one is named. */
  async redeem(secret: string, password?: string, address = this.newAddress()): Promise<Answer> {
    return redeemLink(this.desk.url, secret, password === undefined ? {} : { password }, address);
  }

  get userId(): string {
    return this.vera.userId;
  }

  /** Of the gateway. */
  get url(): string {
    return this.desk.url;
  }

  newAddress(): string {
    this.addresses += 1;
    return `2001:db8:${this.addresses.toString(16)}::1`;
  }

  turnModule(on: boolean): Promise<void> {
    return this.desk.turn(on);
  }

  async changeRole(whose: 'Vera' | 'Sue', role: UserRole | 'supporter'): Promise<void> {
    const email = whose === 'Vera' ? this.vera.email : this.desk.emailOf('Sue');
    const { owner } = this.desk;
    const found = await owner.call('GET', `${owner.path}/members?query=${encodeURIComponent(email)}`);
    const id = pageOf(Membership).parse(found.body).items[0]?.id;
    const { status } = await owner.call('PATCH', `${owner.path}/members/${id}`, { body: { role } });
    expect(status).toBe(200);
  }

  /** Staff sign in again before they would have to. */
  async pass(milliseconds: number): Promise<void> {
    this.platform.clock.advance(milliseconds);
    const now = this.platform.clock.now().getTime();
    if (now - this.signedInAt < HOUR_MS / 2) return;
    await this.desk.backAtWork();
    this.sue = await this.desk.signIn('Sue');
    this.signedInAt = now;
  }

  /** The user's links, as the owner sees them. */
  async shownLinks(): Promise<AccessLink[]> {
    const { body } = await this.desk.owner.call('GET', `${this.links}?userId=${this.vera.userId}&limit=100`);
    return pageOf(AccessLink).parse(body).items;
  }

  private get links(): string {
    return `${this.desk.owner.path}/access-links`;
  }

  private sender(by: Sender): Owner {
    return by === 'Olivia' ? this.desk.owner : this.sue;
  }

  private inHours(hours: number): string {
    return new Date(this.platform.clock.now().getTime() + hours * HOUR_MS).toISOString();
  }
}
