import {
  checkAccessLink,
  checkLinkRecipient,
  Failure,
  type InputOf,
  type Locale,
  type Role,
  spendLinkFactor,
} from '@valetkey/contracts';
import type { TestServiceOptions } from '@valetkey/testing';
import { v7 as uuidv7 } from 'uuid';

/** The code that the authenticators of all people show. */
export const RIGHT_CODE = '123456';

/** Somebody with one verified address, who may lose it, as well as the role in each account. */
export interface Person {
  userId: string;
  name: string;
  emailId: string;
  email: string | null;
  locale: Locale;
  locked: boolean;
  twoFactor: boolean;
  roles: Map<string, Role>;
}

/**
 * Tenancy and identity as far as access links ask them. Whoever makes a link and is unknown to them is an owner, as the
 * callers are.
 */
export class LinkPeople {
  private readonly people = new Map<string, Person>();
  /** Accounts that tenancy knows no more. */
  readonly goneAccounts = new Set<string>();
  /** How identity refuses a user’s codes, right or wrong. */
  readonly spending = new Map<string, Failure>();
  /** What happens, once, while identity’s answer is on its way. */
  meanwhile?: (() => Promise<unknown>) | undefined;

  /** A new member of an account. */
  member(accountId: string, more: Partial<Person> & { role?: Role } = {}): Person {
    const [userId, emailId] = [uuidv7(), uuidv7()];
    const { role = 'viewer', ...rest } = more;
    const usual = { name: 'Uma User', email: `${userId}@acme.example`, locale: 'en' as const };
    const roles = new Map([[accountId, role]]);
    const person = { userId, emailId, ...usual, locked: false, twoFactor: false, roles, ...rest };
    this.people.set(person.userId, person);
    return person;
  }

  /** Whoever a caller is. */
  of({ subject }: { subject: { id: string } }): Person {
    const person = this.people.get(subject.id);
    if (!person) throw new Error('Nobody of that id was made');
    return person;
  }

  readonly neighbours: NonNullable<TestServiceOptions['neighbours']> = [
    { contract: checkAccessLink, answer: (asked: InputOf<typeof checkAccessLink>) => this.check(asked) },
    { contract: checkLinkRecipient, answer: (asked: InputOf<typeof checkLinkRecipient>) => this.find(asked) },
    {
      contract: spendLinkFactor,
      answer: ({ userId, code }: InputOf<typeof spendLinkFactor>) =>
        this.spending.get(userId) ?? (code === RIGHT_CODE ? {} : new Failure('wrong_code')),
    },
  ];

  private check({ accountId, makerId, userId }: InputOf<typeof checkAccessLink>) {
    if (this.goneAccounts.has(accountId)) return new Failure('not_found');
    const [user, maker] = [this.people.get(userId), this.people.get(makerId)];
    const role = user?.roles.get(accountId);
    const makerRole = maker ? maker.roles.get(accountId) : 'owner';
    const mayLend = makerRole === 'owner' || (makerRole === 'supporter' && role !== 'owner');
    return {
      accountName: 'Acme',
      userName: (role && user?.name) ?? '',
      allowed: role !== undefined && userId !== makerId && mayLend,
      isMember: role !== undefined,
      makerIsOwner: makerRole === 'owner',
    };
  }

  private async find({ userId, emailId }: InputOf<typeof checkLinkRecipient>) {
    const user = this.people.get(userId);
    const { locale = 'en' as const, locked = false, twoFactor = false } = user ?? {};
    const email = user?.emailId === emailId ? user.email : null;
    const happens = this.meanwhile;
    this.meanwhile = undefined;
    await happens?.();
    return { email, locale, locked, twoFactor };
  }
}
