import { defineEntity, p } from '@mikro-orm/postgresql';

const PermissionCatalogueSchema = defineEntity({
  name: 'PermissionCatalogue',
  tableName: 'permission_catalogue',
  properties: { id: p.text().primary(), version: p.integer() },
});

/** The one row that changes of the catalogue lock, and that numbers their events. */
export class PermissionCatalogue extends PermissionCatalogueSchema.class {}
PermissionCatalogueSchema.setClass(PermissionCatalogue);

export const CATALOGUE_ID = 'catalogue';
