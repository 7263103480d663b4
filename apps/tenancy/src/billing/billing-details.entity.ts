import { defineEntity, p } from '@mikro-orm/postgresql';

const BillingDetailsSchema = defineEntity({
  name: 'BillingDetails',
  tableName: 'billing_details',
  properties: {
    accountId: p.uuid().primary(),
    companyName: p.text().strictNullable(),
    email: p.text().strictNullable(),
    address: p.text().strictNullable(),
    taxId: p.text().strictNullable(),
    revision: p.integer(),
  },
});

/** Whom an account's bills name. There is none until an owner says it. */
export class BillingDetails extends BillingDetailsSchema.class {}
BillingDetailsSchema.setClass(BillingDetails);
