import type { AccessLinkStatus } from '@valetkey/contracts';
import type { Client } from '../client.ts';

const MINUTE_MS = 60_000;
const IDLE_MS = 30 * MINUTE_MS;
const LONGEST_MS = 8 * 60 * MINUTE_MS;
const WRONG_TRIES = 20;

/** Olivia owns the account; Sue is a supporter in it as long as nobody makes her a viewer. */
export type Sender = 'Olivia' | 'Sue';
export type UserRole = 'viewer' | 'manager' | 'owner';

/** What of a link can be chosen, at its making and at an edit. */
export interface Choice {
  /** How long it lives from now on. */
  hours?: number;
  /** None removes it. */
  password?: string | null;
  maxUses?: number | null;
}

/** A link as anybody would keep it on paper. */
export interface LinkOnPaper {
  id: string;
  path: string;
  secret: string;
  status: 'live' | 'locked' | 'used';
  expiresAt: number;
  password: string | null;
  maxUses: number | null;
  uses: number;
  wrongTries: number;
  editor: Sender;
}

export interface SessionOnPaper {
  client: Client;
  link: LinkOnPaper;
  editor: Sender;
  idleEndsAt: number;
  endsAt: number;
  over: boolean;
}

/** The rules of product.md for the links of one user in one account. */
export class AccessLinkModel {
  isModuleOn = true;
  isSueSupporter = true;
  userRole: UserRole = 'viewer';
  links: LinkOnPaper[] = [];
  sessions: SessionOnPaper[] = [];
  /** Secrets of links that were edited or have gone. */
  deadSecrets: string[] = [];
  /** Ids of those that are about to go by themselves. */
  ending: string[] = [];

  constructor(private readonly clock: { now(): Date }) {}

  get now(): number {
    return this.clock.now().getTime();
  }

  statusOf({ status, expiresAt }: LinkOnPaper): AccessLinkStatus {
    if (status === 'used') return 'used';
    if (expiresAt <= this.now) return 'expired';
    return this.isModuleOn ? status : 'suspended';
  }

  /** Why nobody may write, or this sender may not. */
  refusalOfWriting(by: Sender): string | undefined {
    if (!this.isModuleOn) return 'module_disabled';
    return this.mayLend(by) ? undefined : 'forbidden';
  }

  /** Why no link may become live, but for the one that is edited. */
  refusalOfLiving(by: Sender, edited?: LinkOnPaper): string | undefined {
    const another = this.links.some((link) => link !== edited && link.status !== 'used' && link.expiresAt > this.now);
    return this.refusalOfWriting(by) ?? (another ? 'access_link_exists' : undefined);
  }

  make(by: Sender, made: Pick<LinkOnPaper, 'id' | 'path' | 'secret'>, { hours = 1, ...choice }: Choice): void {
    const { password = null, maxUses = null } = choice;
    const expiresAt = this.inHours(hours);
    const fresh = { status: 'live', uses: 0, wrongTries: 0, editor: by } as const;
    this.links.push({ ...made, ...fresh, expiresAt, password, maxUses });
  }

  edit(link: LinkOnPaper, by: Sender, secret: string, { hours, ...choice }: Choice): void {
    this.endSessionsOf(link);
    this.deadSecrets.push(link.secret);
    const expiry = hours === undefined ? {} : { expiresAt: this.inHours(hours) };
    Object.assign(link, choice, expiry, { secret, status: 'live', uses: 0, wrongTries: 0, editor: by });
  }

  delete(link: LinkOnPaper): void {
    this.endSessionsOf(link);
    this.deadSecrets.push(link.secret);
    this.links = this.links.filter((other) => other !== link);
  }

  /** What redeeming it so answers, and what comes of it; a session is for who asked to note. */
  redeem(link: LinkOnPaper, password?: string): string | undefined {
    if (this.statusOf(link) !== 'live') return 'invalid_link';
    if (link.password !== null && password === undefined) return 'password_required';
    if (link.password !== null && password !== link.password) return this.noteWrongTry(link);
    link.uses += 1;
    if (link.maxUses !== null && link.uses >= link.maxUses) link.status = 'used';
    return undefined;
  }

  noteSession(link: LinkOnPaper, client: Client): void {
    const endsAt = Math.min(this.now + LONGEST_MS, link.expiresAt);
    const session = { client, link, editor: link.editor, idleEndsAt: 0, endsAt, over: false };
    this.noteUse(session);
    this.sessions.push(session);
  }

  isGood({ over, idleEndsAt, endsAt }: SessionOnPaper): boolean {
    return !over && this.now < Math.min(idleEndsAt, endsAt);
  }

  noteUse(session: SessionOnPaper): void {
    session.idleEndsAt = this.now + IDLE_MS;
  }

  turnModule(on: boolean): void {
    this.isModuleOn = on;
    if (!on) for (const session of this.sessions) session.over = true;
  }

  /** Answers the links that have lost what they stood on. What has expired lends nothing, and stays as it is. */
  endLost(): LinkOnPaper[] {
    const lost = this.links.filter((link) => !this.mayLend(link.editor) && link.expiresAt > this.now);
    for (const link of lost) this.delete(link);
    return lost;
  }

  private mayLend(by: Sender): boolean {
    return by === 'Olivia' || (this.isSueSupporter && this.userRole !== 'owner');
  }

  private noteWrongTry(link: LinkOnPaper): string {
    link.wrongTries += 1;
    if (link.wrongTries >= WRONG_TRIES) link.status = 'locked';
    return 'wrong_password';
  }

  private endSessionsOf(link: LinkOnPaper): void {
    for (const session of this.sessions) session.over ||= session.link === link;
  }

  private inHours(hours: number): number {
    return this.now + hours * 60 * MINUTE_MS;
  }
}
