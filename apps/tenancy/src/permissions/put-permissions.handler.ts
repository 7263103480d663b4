import { type InputOf, permissionCatalogueChanged, putPermissions, Role } from '@valetkey/contracts';
import { type HandlerContext, Handles } from '@valetkey/messaging';
import { Outbox } from '@valetkey/outbox';
import { LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { catalogueChanges } from './catalogue-changes.rules.ts';
import { CATALOGUE_ID, PermissionCatalogue } from './permission-catalogue.entity.ts';
import { Permission } from './permission.entity.ts';

type Catalogue = InputOf<typeof putPermissions>['permissions'];

@Injectable()
export class PutPermissionsHandler {
  constructor(private readonly outbox: Outbox) {}

  @Handles(putPermissions)
  async put({ permissions }: InputOf<typeof putPermissions>, context: HandlerContext) {
    return this.outbox.transactional(context, async ({ em, emit }) => {
      const catalogue = await em.findOneOrFail(PermissionCatalogue, CATALOGUE_ID, {
        lockMode: LockMode.PESSIMISTIC_WRITE,
      });
      const wanted = normalized(permissions);
      const changes = catalogueChanges(await em.find(Permission, {}), wanted);
      if (changes.length === 0) return wanted;
      await em.nativeDelete(Permission, {});
      await em.insertMany(Permission, wanted);
      catalogue.version += 1;
      emit(permissionCatalogueChanged, { id: CATALOGUE_ID, sequence: catalogue.version, data: { changes } });
      return wanted;
    });
  }
}

/** Permissions by name, each role once and in the order in which roles are listed: so equal catalogues look equal. */
function normalized(permissions: Catalogue): Catalogue {
  return permissions
    .map((one) => ({ ...one, roles: Role.options.filter((role) => one.roles.includes(role)) }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}
