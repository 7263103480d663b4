import type { Role } from '@valetkey/contracts';
import { defineEntity, p } from '@mikro-orm/postgresql';

const PermissionSchema = defineEntity({
  name: 'Permission',
  tableName: 'permissions',
  properties: {
    name: p.text().primary(),
    description: p.text(),
    roles: p.array().$type<Role[]>(),
  },
});

/** A resource permission and the roles that include it. */
export class Permission extends PermissionSchema.class {}
PermissionSchema.setClass(Permission);
