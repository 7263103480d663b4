import {
  Failure,
  findLinkOfMail,
  findMailboxes,
  type InputOf,
  isAccessLinkWanted,
  isInvitationWanted,
  isResetWanted,
  isVerificationWanted,
  listOwners,
  type OutputOf,
} from '@valetkey/contracts';
import { v7 as uuidv7 } from 'uuid';

type Mailbox = OutputOf<typeof findMailboxes>['users'][number];
type MailedLink = OutputOf<typeof findLinkOfMail>;

let number = 0;

/** An address that nobody else has. */
export function anAddress(): string {
  number += 1;
  return `somebody-${number}@example.com`;
}

/** What identity, tenancy and tokens know, as they answer on the bus. */
export class Neighbours {
  private readonly users = new Map<string, Mailbox>();
  private readonly links = new Map<string, MailedLink>();
  private readonly owners = new Map<string, OutputOf<typeof listOwners>>();
  /** Whether they answer at all. */
  away = false;

  /** Whether what a mail announces still lives. */
  isWanted: (input: object) => unknown = () => ({ wanted: true });

  /** A user with one verified address, to be varied. */
  user(change: Partial<Mailbox> = {}): Mailbox {
    const [primaryEmail = anAddress()] = change.verifiedEmails ?? [];
    const user: Mailbox = {
      userId: uuidv7(),
      name: 'Ada Lovelace',
      locale: 'en',
      primaryEmail,
      verifiedEmails: [primaryEmail],
      ...change,
    };
    this.users.set(user.userId, user);
    return user;
  }

  /** An account of these owners; its id. */
  account(...owners: readonly Mailbox[]): string {
    const accountId = uuidv7();
    this.owners.set(accountId, { accountName: 'Acme', userIds: owners.map(({ userId }) => userId) });
    return accountId;
  }

  /** The access link whose present secret a mail carries. */
  linkOf(mailId: string, link: MailedLink): void {
    this.links.set(mailId, link);
  }

  readonly answers = [
    ...[isVerificationWanted, isResetWanted, isInvitationWanted, isAccessLinkWanted].map((contract) => ({
      contract,
      answer: (input: object) => this.isWanted(input),
    })),
    { contract: findMailboxes, answer: (input: InputOf<typeof findMailboxes>) => this.findMailboxes(input) },
    { contract: listOwners, answer: (input: InputOf<typeof listOwners>) => this.listOwners(input) },
    { contract: findLinkOfMail, answer: (input: InputOf<typeof findLinkOfMail>) => this.findLinkOfMail(input) },
  ];

  private findMailboxes({ userIds }: InputOf<typeof findMailboxes>): OutputOf<typeof findMailboxes> | Failure {
    if (this.away) return new Failure('unavailable', { retryAfter: 1 });
    return { users: userIds.flatMap((userId) => this.users.get(userId) ?? []) };
  }

  private listOwners({ accountId }: InputOf<typeof listOwners>): OutputOf<typeof listOwners> | Failure {
    if (this.away) return new Failure('unavailable', { retryAfter: 1 });
    return this.owners.get(accountId) ?? new Failure('not_found');
  }

  private findLinkOfMail({ mailId }: InputOf<typeof findLinkOfMail>): MailedLink | Failure {
    if (this.away) return new Failure('unavailable', { retryAfter: 1 });
    return this.links.get(mailId) ?? new Failure('not_found');
  }
}
