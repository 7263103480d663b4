import { defineEntity, p } from '@mikro-orm/postgresql';
import { User } from './user.entity.ts';

/** One of a user's addresses, in lower case. */
const EmailSchema = defineEntity({
  name: 'Email',
  tableName: 'emails',
  properties: {
    id: p.uuid().primary(),
    user: () => p.manyToOne(User).fieldName('user_id'),
    address: p.string(),
    isPrimary: p.boolean(),
    verifiedAt: p.datetime().nullable(),
    createdAt: p.datetime(),
  },
});

export class Email extends EmailSchema.class {}
EmailSchema.setClass(Email);
