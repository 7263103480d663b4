import { serviceModules } from '@valetkey/outbox';
import { type DynamicModule, Module } from '@nestjs/common';
import { CheckScopeHandler } from './access/check-scope.handler.ts';
import { ChooseStandingHandler } from './access/choose-standing.handler.ts';
import { ResolveAccessHandler } from './access/resolve-access.handler.ts';
import { Account } from './accounts/account.entity.ts';
import { GetAccountHandler } from './accounts/get-account.handler.ts';
import { LandingHosts } from './accounts/landing-hosts.ts';
import { KeepInTokens } from './accounts/keep-in-tokens.ts';
import { ListReachableAccountsHandler } from './accounts/list-reachable-accounts.handler.ts';
import { OpenAccountHandler } from './accounts/open-account.handler.ts';
import { UpdateAccountHandler } from './accounts/update-account.handler.ts';
import { Group } from './groups/group.entity.ts';
import { GrantMembershipHandler } from './members/grant-membership.handler.ts';
import { ListMembersHandler } from './members/list-members.handler.ts';
import { Membership } from './members/membership.entity.ts';
import { migrations } from './migrations/index.ts';
import { GetAccountAsOperatorHandler } from './operator/get-account-as-operator.handler.ts';
import { ListAccountsAsOperatorHandler } from './operator/list-accounts-as-operator.handler.ts';
import { SetModulesHandler } from './operator/set-modules.handler.ts';
import { CreateOrganizationHandler } from './organizations/create-organization.handler.ts';
import { GetOrganizationHandler } from './organizations/get-organization.handler.ts';
import { ListOrganizationsHandler } from './organizations/list-organizations.handler.ts';
import { Organization } from './organizations/organization.entity.ts';
import { GetPermissionsHandler } from './permissions/get-permissions.handler.ts';
import { PermissionCatalogue } from './permissions/permission-catalogue.entity.ts';
import { Permission } from './permissions/permission.entity.ts';
import { PutPermissionsHandler } from './permissions/put-permissions.handler.ts';
import { KeepProfileHandler } from './profiles/keep-profile.handler.ts';
import { Profile } from './profiles/profile.entity.ts';
import { ResolveNamesHandler } from './profiles/resolve-names.handler.ts';
import type { TenancyConfig } from './tenancy.config.ts';

const entities = [Account, Group, Membership, Organization, Permission, PermissionCatalogue, Profile];

const handlers = [
  CheckScopeHandler,
  ChooseStandingHandler,
  CreateOrganizationHandler,
  GetAccountAsOperatorHandler,
  GetAccountHandler,
  GetOrganizationHandler,
  GetPermissionsHandler,
  GrantMembershipHandler,
  KeepProfileHandler,
  ListAccountsAsOperatorHandler,
  ListMembersHandler,
  ListOrganizationsHandler,
  ListReachableAccountsHandler,
  OpenAccountHandler,
  PutPermissionsHandler,
  ResolveAccessHandler,
  ResolveNamesHandler,
  SetModulesHandler,
  UpdateAccountHandler,
];

/** Accounts, organizations, memberships and what they permit. */
@Module({})
export class TenancyModule {
  static forRoot(config: TenancyConfig): DynamicModule {
    return {
      module: TenancyModule,
      imports: serviceModules('tenancy', config, { entities, migrations }),
      providers: [...handlers, KeepInTokens, { provide: LandingHosts, useValue: new LandingHosts(config) }],
    };
  }
}
