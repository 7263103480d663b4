import { chooseStanding, fail, Failure, type InputOf, openPortalSession, signIn } from '@valetkey/contracts';
import { Bus, type HandlerContext, Handles } from '@valetkey/messaging';
import { networkOf, sql } from '@valetkey/persistence';
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable } from '@nestjs/common';
import { IDENTITY_CONFIG, type IdentityConfig } from '../identity.config.ts';
import { insist } from '../neighbours/insist.ts';
import { hashPassword, isOutdated, isPassword } from '../passwords/password-hash.ts';
import { PasswordTries } from '../throttles/password-tries.ts';
import { actingAs } from '../users/acting-as.ts';
import { findOwner, type Owner } from '../users/find-owner.ts';
import { FailedSignIns } from './failed-sign-ins.ts';

const UNKNOWN = 'unknown';

@Injectable()
export class SignInHandler {
  constructor(
    private readonly em: EntityManager,
    private readonly bus: Bus,
    private readonly tries: PasswordTries,
    private readonly failures: FailedSignIns,
    @Inject(IDENTITY_CONFIG) private readonly config: IdentityConfig,
  ) {}

  @Handles(signIn)
  async signIn({ email, password, cookie }: InputOf<typeof signIn>, context: HandlerContext) {
    const user = await this.tries.attempt(['sign-in', email, networkOf(context.address)], async () =>
      this.authenticate(email, password, context),
    );
    if (user === undefined) return fail(signIn, 'invalid_credentials');
    return user instanceof Failure ? user : this.openSession(user, context, cookie);
  }

  private async authenticate(email: string, password: string, context: HandlerContext): Promise<Owner | undefined> {
    const user = await findOwner(this.em.fork(), email);
    const right = await isPassword(user?.passwordHash, password);
    if (user && right && (await this.failures.forgive(user.id, context))) {
      if (isOutdated(user.passwordHash)) await this.rehash(user, password);
      return user;
    }
    await this.failures.add(user ? { userId: user.id } : { address: email }, context);
    return undefined;
  }

  private async rehash({ id, passwordHash }: Owner, password: string): Promise<void> {
    const text = 'UPDATE users SET password_hash = $3 WHERE id = $1 AND password_hash = $2';
    await sql(this.em.fork(), text, [id, passwordHash, await hashPassword(password)]);
  }

  /** Who is a member nowhere signs in all the same, and stands in no account. */
  private async openSession(user: Owner, context: HandlerContext, forwarded?: boolean) {
    const acting = actingAs(user.id, context);
    const standing = await this.bus.ask(chooseStanding, { holder: { userId: user.id } }, acting);
    const nowhere = standing instanceof Failure && standing.code === 'not_found';
    const place = nowhere ? {} : insist(chooseStanding, standing);
    const { address = UNKNOWN, userAgent = UNKNOWN } = context;
    const operator = user.primaryEmail === this.config.OPERATOR_EMAIL;
    const opening = { userId: user.id, userName: user.name, operator, ...place, address, userAgent, forwarded };
    return insist(openPortalSession, await this.bus.ask(openPortalSession, opening, acting));
  }
}
