import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  acceptInvitation,
  addMembership,
  type AccessDecision,
  type Caller,
  changeRole,
  createInvitation,
  deleteGroup,
  deleteOrganization,
  Failure,
  leaveAccount,
  removeMembership,
  resolveAccess,
  type Scope,
} from '@valetkey/contracts';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { MembershipModel, type Operation, type PlaceName, places, rolesAt } from '../../test/membership-model.ts';
import { portalOf, Tenancy } from '../../test/tenancy.ts';

const USERS = [0, 1, 2, 3];

let tenancy: Tenancy;

beforeAll(async () => {
  tenancy = await Tenancy.start();
});
afterAll(() => tenancy.stop());

/** Somebody of each kind, so that what follows has something to change. */
const start: Operation[] = [
  { kind: 'invite', actor: 0, user: 1, place: 'account', role: 'manager' },
  { kind: 'invite', actor: 1, user: 2, place: 'group', role: 'manager' },
  { kind: 'invite', actor: 2, user: 3, place: 'inside', role: 'viewer' },
  { kind: 'invite', actor: 0, user: 3, place: 'outside', role: 'manager' },
];
const actor = fc.constantFrom(0, 0, 1, 2, 3);
const user = fc.constantFrom(...USERS);
const place = fc.constantFrom(...places);
const role = fc.constantFrom('owner', 'manager', 'manager', 'viewer', 'supporter');
const anyOperation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constantFrom('invite', 'add', 'change'), actor, user, place, role }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('remove'), actor, user, place }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('leave'), actor }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('delete'), actor, place: fc.constantFrom('group', 'inside', 'outside') }),
  },
);

/** An account in the database, and the model's names for what is in it. */
class World {
  private constructor(
    readonly accountId: string,
    private readonly scopes: Readonly<Record<PlaceName, Scope>>,
    private readonly userIds: readonly string[],
  ) {}

  static async open(): Promise<World> {
    const { accountId, ownerId } = await tenancy.openAccount();
    const group = await tenancy.makeGroup(accountId);
    const scopes: Record<PlaceName, Scope> = {
      account: { type: 'account', id: accountId },
      group: { type: 'group', id: group },
      inside: { type: 'organization', id: await tenancy.makeOrganization(accountId, { groupId: group }) },
      outside: { type: 'organization', id: await tenancy.makeOrganization(accountId) },
    };
    return new World(accountId, scopes, [ownerId, ...USERS.slice(1).map(() => uuidv7())]);
  }

  /** As the gateway asks for one whom it takes for an owner still: what they are now decides. */
  async perform(operation: Operation): Promise<string | undefined> {
    const { accountId } = this;
    const caller = portalOf(this.userId(operation.actor), accountId, 'owner');
    if (operation.kind === 'leave') return tenancy.refusal(leaveAccount, { accountId }, caller);
    if (operation.kind === 'delete') return this.delete(this.scopes[operation.place], caller);
    const [userId, scope] = [this.userId(operation.user), this.scopes[operation.place]];
    if (operation.kind === 'remove') {
      const membershipId = await this.membershipOf(userId, scope);
      return tenancy.refusal(removeMembership, { accountId, membershipId }, caller);
    }
    const { role } = operation;
    if (operation.kind === 'add') return tenancy.refusal(addMembership, { accountId, userId, scope, role }, caller);
    if (operation.kind === 'change') {
      const membershipId = await this.membershipOf(userId, scope);
      return tenancy.refusal(changeRole, { accountId, membershipId, role }, caller);
    }
    const email = addressOf(userId);
    const refusal = await tenancy.refusal(createInvitation, { accountId, email, scope, role }, caller);
    return refusal ?? this.accept(userId);
  }

  /** What each user may do in the account as a whole and in each organization. */
  async decisions(): Promise<(AccessDecision | null)[]> {
    const organizations = [undefined, this.scopes.inside.id, this.scopes.outside.id];
    const standings = this.userIds.flatMap((userId) =>
      organizations.map((organizationId) => ({ accountId: this.accountId, organizationId, holder: { userId } })),
    );
    return (await tenancy.ask(resolveAccess, { standings })).decisions;
  }

  placeOf({ id }: Scope): PlaceName {
    return places.find((name) => this.scopes[name].id === id) ?? 'account';
  }

  private userId(index: number): string {
    return this.userIds[index] ?? '';
  }

  private async membershipOf(userId: string, scope: Scope): Promise<string> {
    const text = 'SELECT id::text FROM memberships WHERE user_id = $1 AND scope_id = $2';
    const [row] = await tenancy.sql(text, [userId, scope.id]);
    return row ? String(row['id']) : uuidv7();
  }

  private async accept(userId: string): Promise<string | undefined> {
    const text = `SELECT secret_hash FROM invitations WHERE account_id = $1 AND status = 'pending'`;
    const [pending] = await tenancy.sql(text, [this.accountId]);
    const user = { userId, name: 'Max', primaryEmail: addressOf(userId), version: 1 };
    const asked = { secretHash: String(pending?.['secret_hash']), user };
    const answer = await tenancy.identity.ask(acceptInvitation, asked, tenancy.service.context());
    return answer instanceof Failure ? answer.code : undefined;
  }

  private async delete({ type, id }: Scope, caller: Caller): Promise<string | undefined> {
    const { accountId } = this;
    if (type === 'group') return tenancy.refusal(deleteGroup, { accountId, groupId: id }, caller);
    return tenancy.refusal(deleteOrganization, { accountId, organizationId: id }, caller);
  }
}

/** As {@link Tenancy.openAccount} has it for who opens the account. */
function addressOf(userId: string): string {
  return `${userId}@acme.example`;
}

/** What the model says of each user in the account as a whole and in each organization. */
function expectedOf(model: MembershipModel) {
  return USERS.flatMap((one) => {
    const held = model.of(one);
    const everything = [...held].toSorted();
    return [undefined, 'inside' as const, 'outside' as const].map((name) => {
      if (held.size === 0) return null;
      const reached = name && !model.gone.has(name) && rolesAt(held, name).length > 0 ? name : undefined;
      return { reached, held: everything };
    });
  });
}

it('no sequence of changes to members gives anybody what no membership gives, or leaves an account without an owner', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyOperation, { minLength: 10, maxLength: 25 }), async (operations) => {
      const [world, model] = [await World.open(), new MembershipModel()];
      for (const operation of [...start, ...operations]) {
        const refusal = model.apply(operation);
        expect({ operation, refusal: await world.perform(operation) }).toEqual({ operation, refusal });
        expect(model.owners()).toBeGreaterThan(0);
        const found = (await world.decisions()).map(
          (decision) =>
            decision && {
              reached: decision.organization && world.placeOf({ type: 'organization', id: decision.organization.id }),
              held: decision.grants.map(({ scope, role }) => [world.placeOf(scope), role]).toSorted(),
            },
        );
        expect(found).toEqual(expectedOf(model));
      }
    }),
    { numRuns: 20 },
  );
}, 60_000);
