import {
  checkAccessLink,
  checkLendings,
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
  /** Of whom a code was spent. */
  readonly spent: string[] = [];
  /** Of whom identity does not answer. */
  readonly silent = new Set<string>();
  /** What happens, once, while the answer of one of them is on its way. */
  readonly meanwhile: Partial<Record<'tenancy' | 'identity', (() => Promise<unknown>) | undefined>> = {};
  /** How many questions tenancy was asked about lendings. */
  questions = 0;

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
    { contract: checkLendings, answer: (asked: InputOf<typeof checkLendings>) => this.checkMany(asked) },
    { contract: checkLinkRecipient, answer: (asked: InputOf<typeof checkLinkRecipient>) => this.find(asked) },
    {
      contract: spendLinkFactor,
      answer: (asked: InputOf<typeof spendLinkFactor>) => this.spend(asked),
    },
  ];

  private async check(asked: InputOf<typeof checkAccessLink>) {
    const answer = this.judge(asked);
    await this.happen('tenancy');
    return answer;
  }

  private checkMany({ accountId, lendings }: InputOf<typeof checkLendings>) {
    this.questions += 1;
    const judged = lendings.map((lending) => this.judge({ accountId, ...lending }));
    return judged.find((answer) => answer instanceof Failure) ?? { lendings: judged };
  }

  private judge({ accountId, makerId, userId }: InputOf<typeof checkAccessLink>) {
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

  private async find({ userId, emailId, lenderId = '' }: InputOf<typeof checkLinkRecipient>) {
    const user = this.people.get(userId);
    const { locale = 'en' as const, twoFactor = false } = user ?? {};
    const locked = [user, this.people.get(lenderId)].some((person) => person?.locked);
    const email = user?.emailId === emailId ? user.email : null;
    await this.happen('identity');
    return this.silent.has(userId)
      ? new Failure('unavailable', { retryAfter: 1 })
      : { email, locale, locked, twoFactor };
  }

  private async happen(where: keyof LinkPeople['meanwhile']): Promise<void> {
    const happens = this.meanwhile[where];
    this.meanwhile[where] = undefined;
    await happens?.();
  }

  private spend({ userId, code }: InputOf<typeof spendLinkFactor>) {
    const refusal = this.spending.get(userId);
    if (refusal || code !== RIGHT_CODE) return refusal ?? new Failure('wrong_code');
    this.spent.push(userId);
    return {};
  }
}
