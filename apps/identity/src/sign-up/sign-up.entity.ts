import type { Locale } from '@valetkey/contracts';
import { defineEntity, p } from '@mikro-orm/postgresql';

/** Somebody who says to have an address, and has not shown it yet. Verified, it becomes a user and is gone. */
const SignUpSchema = defineEntity({
  name: 'SignUp',
  tableName: 'sign_ups',
  properties: {
    /** Minted now, so that verifying twice is the same user and the same account. */
    userId: p.uuid().primary(),
    accountId: p.uuid(),
    accountName: p.string(),
    email: p.string(),
    name: p.string(),
    locale: p.string().$type<Locale>(),
    passwordHash: p.string(),
    /** Of the mail that was ordered last; the secrets of earlier ones are gone. */
    verificationId: p.uuid(),
    secretHash: p.string(),
    expiresAt: p.datetime(),
    createdAt: p.datetime(),
  },
});

export class SignUp extends SignUpSchema.class {}
SignUpSchema.setClass(SignUp);
