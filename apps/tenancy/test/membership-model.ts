import type { Role } from '@valetkey/contracts';

/** A group with one organization in it, and an organization beside it. */
export const places = ['account', 'group', 'inside', 'outside'] as const;
export type PlaceName = (typeof places)[number];

/** Every place in which a role in a place holds, spelt out. */
const reach: Readonly<Record<PlaceName, readonly PlaceName[]>> = {
  account: ['account', 'group', 'inside', 'outside'],
  group: ['group', 'inside'],
  inside: ['inside'],
  outside: ['outside'],
};

/** The roles that a role gives and takes. */
const gives: Readonly<Partial<Record<Role, readonly Role[]>>> = {
  owner: ['owner', 'manager', 'viewer', 'supporter'],
  manager: ['manager', 'viewer'],
};

export type NewRole = 'owner' | 'manager' | 'viewer' | 'supporter';

/** Users are numbers, of whom 0 opened the account. */
export type Operation =
  | { kind: 'invite' | 'add' | 'change'; actor: number; user: number; place: PlaceName; role: NewRole }
  | { kind: 'remove'; actor: number; user: number; place: PlaceName }
  | { kind: 'leave'; actor: number }
  | { kind: 'delete'; actor: number; place: 'group' | 'inside' | 'outside' };

/** The rules of product.md on members said once more, over places spelt out, in memory. */
export class MembershipModel {
  readonly roles = new Map<number, Map<PlaceName, NewRole>>([[0, new Map([['account', 'owner']])]]);
  readonly gone = new Set<PlaceName>();

  of(user: number): ReadonlyMap<PlaceName, NewRole> {
    return this.roles.get(user) ?? new Map<PlaceName, NewRole>();
  }

  owners(): number {
    return [...this.roles.values()].filter((held) => held.get('account') === 'owner').length;
  }

  /** The code with which an operation is refused; what is not refused is done. */
  apply(operation: Operation): string | undefined {
    switch (operation.kind) {
      case 'invite':
      case 'add':
        return this.grant(operation);
      case 'change':
        return this.change(operation);
      case 'remove':
        return this.remove(operation);
      case 'leave':
        return this.leave(operation.actor);
      case 'delete':
        return this.delete(operation);
    }
  }

  private grant({ kind, actor, user, place, role }: Extract<Operation, { role: NewRole }>): string | undefined {
    if (!this.managesSomewhere(actor)) return 'forbidden';
    if (this.gone.has(place) || (place !== 'account' && !this.sees(actor, place))) return 'not_found';
    if (!this.may(actor, place, role)) return 'forbidden';
    if (!existsAt(place, role)) return 'role_not_of_scope';
    const stranger = ![...this.of(user).keys()].some((one) => this.sees(actor, one));
    if (kind === 'add' && stranger) return 'not_found';
    if (user === actor) return 'own_role';
    if (this.of(user).has(place)) return 'already_member';
    this.set({ user, place, role });
    return undefined;
  }

  private change(operation: Extract<Operation, { role: NewRole }>): string | undefined {
    const refusal = this.manage(operation, operation.role);
    if (!refusal) this.set(operation);
    return refusal;
  }

  private remove(operation: Extract<Operation, { kind: 'remove' }>): string | undefined {
    const refusal = this.manage(operation);
    if (!refusal) this.unset(operation.user, operation.place);
    return refusal;
  }

  private manage(
    { actor, user, place }: { actor: number; user: number; place: PlaceName },
    role?: NewRole,
  ): string | undefined {
    if (!this.managesSomewhere(actor)) return 'forbidden';
    const present = this.of(user).get(place);
    if (!present || !this.sees(actor, place)) return 'not_found';
    if (!this.may(actor, place, present) || (role && !this.may(actor, place, role))) return 'forbidden';
    if (user === actor) return 'own_role';
    return role && !existsAt(place, role) ? 'role_not_of_scope' : undefined;
  }

  private leave(actor: number): string | undefined {
    if (this.of(actor).size === 0) return 'not_found';
    if (this.of(actor).get('account') === 'owner' && this.owners() === 1) return 'last_owner';
    this.roles.delete(actor);
    return undefined;
  }

  private delete({ actor, place }: { actor: number; place: PlaceName }): string | undefined {
    if (this.of(actor).get('account') !== 'owner') return 'forbidden';
    if (this.gone.has(place)) return 'not_found';
    this.gone.add(place);
    for (const user of this.roles.keys()) this.unset(user, place);
    return undefined;
  }

  private set({ user, place, role }: { user: number; place: PlaceName; role: NewRole }): void {
    this.roles.set(user, new Map(this.of(user)).set(place, role));
  }

  private unset(user: number, place: PlaceName): void {
    this.roles.get(user)?.delete(place);
  }

  private managesSomewhere(user: number): boolean {
    return [...this.of(user).values()].some((role) => role in gives);
  }

  private sees(user: number, place: PlaceName): boolean {
    return [...this.of(user).keys()].some((held) => reach[held].includes(place));
  }

  private may(user: number, place: PlaceName, role: NewRole): boolean {
    return [...this.of(user)].some(([held, by]) => reach[held].includes(place) && gives[by]?.includes(role));
  }
}

/** The roles that hold for a user in a place. */
export function rolesAt(held: ReadonlyMap<PlaceName, NewRole>, place: PlaceName): NewRole[] {
  return [...held].filter(([from]) => reach[from].includes(place)).map(([, role]) => role);
}

function existsAt(place: PlaceName, role: NewRole): boolean {
  return place === 'account' || role === 'manager' || role === 'viewer';
}
