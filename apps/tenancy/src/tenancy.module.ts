import { scheduled } from '@valetkey/observability';
import { followEvents, MailOrders, serviceModules } from '@valetkey/outbox';
import { type DynamicModule, Module } from '@nestjs/common';
import { CheckScopeHandler } from './access/check-scope.handler.ts';
import { ChooseStandingHandler } from './access/choose-standing.handler.ts';
import { FindStayersHandler } from './access/find-stayers.handler.ts';
import { ResolveAccessHandler } from './access/resolve-access.handler.ts';
import { CheckAccessLinkHandler } from './access-links/check-access-link.handler.ts';
import { CheckLendingsHandler } from './access-links/check-lendings.handler.ts';
import { Account } from './accounts/account.entity.ts';
import { CreateAccountHandler } from './accounts/create-account.handler.ts';
import { DeleteAccountHandler } from './accounts/delete-account.handler.ts';
import { GetAccountHandler } from './accounts/get-account.handler.ts';
import { GetAccountPolicyHandler } from './accounts/get-account-policy.handler.ts';
import { LandingHosts } from './accounts/landing-hosts.ts';
import { KeepInTokens } from './accounts/keep-in-tokens.ts';
import { ListAccountsHandler } from './accounts/list-accounts.handler.ts';
import { ListOwnersHandler } from './accounts/list-owners.handler.ts';
import { ListReachableAccountsHandler } from './accounts/list-reachable-accounts.handler.ts';
import { OpenAccountHandler } from './accounts/open-account.handler.ts';
import { PurgeAccountsJob } from './accounts/purge-accounts.job.ts';
import { UpdateAccountHandler } from './accounts/update-account.handler.ts';
import { UpdateAccountPolicyHandler } from './accounts/update-account-policy.handler.ts';
import { BillingDetails } from './billing/billing-details.entity.ts';
import { GetBillingDetailsHandler } from './billing/get-billing-details.handler.ts';
import { PutBillingDetailsHandler } from './billing/put-billing-details.handler.ts';
import { CreateGroupHandler } from './groups/create-group.handler.ts';
import { DeleteGroupHandler } from './groups/delete-group.handler.ts';
import { GetGroupHandler } from './groups/get-group.handler.ts';
import { Group } from './groups/group.entity.ts';
import { ListGroupsHandler } from './groups/list-groups.handler.ts';
import { UpdateGroupHandler } from './groups/update-group.handler.ts';
import { KeepLastAccounts } from './last-accounts/keep-last-accounts.ts';
import { AcceptInvitationHandler } from './invitations/accept-invitation.handler.ts';
import { CancelInvitationHandler } from './invitations/cancel-invitation.handler.ts';
import { CreateInvitationHandler } from './invitations/create-invitation.handler.ts';
import { ExpireInvitationsJob } from './invitations/expire-invitations.job.ts';
import { FindInvitationHandler } from './invitations/find-invitation.handler.ts';
import { InvitationMail } from './invitations/invitation-mail.ts';
import { ListInvitationsHandler } from './invitations/list-invitations.handler.ts';
import { ResendInvitationHandler } from './invitations/resend-invitation.handler.ts';
import { AddMembershipHandler } from './members/add-membership.handler.ts';
import { ChangeRoleHandler } from './members/change-role.handler.ts';
import { GrantMembershipHandler } from './members/grant-membership.handler.ts';
import { LeaveAccountHandler } from './members/leave-account.handler.ts';
import { ListMemberEmailsHandler } from './members/list-member-emails.handler.ts';
import { ListMembersHandler } from './members/list-members.handler.ts';
import { ListMembershipAccountsHandler } from './members/list-membership-accounts.handler.ts';
import { Membership } from './members/membership.entity.ts';
import { RemoveMembershipHandler } from './members/remove-membership.handler.ts';
import { ResetMemberTwoFactorHandler } from './members/reset-member-two-factor.handler.ts';
import { migrations } from './migrations/index.ts';
import { GetAccountAsOperatorHandler } from './operator/get-account-as-operator.handler.ts';
import { ListAccountsAsOperatorHandler } from './operator/list-accounts-as-operator.handler.ts';
import { RestoreAccountHandler } from './operator/restore-account.handler.ts';
import { SetModulesHandler } from './operator/set-modules.handler.ts';
import { CreateOrganizationHandler } from './organizations/create-organization.handler.ts';
import { DeleteOrganizationHandler } from './organizations/delete-organization.handler.ts';
import { GetOrganizationHandler } from './organizations/get-organization.handler.ts';
import { ListOrganizationsHandler } from './organizations/list-organizations.handler.ts';
import { Organization } from './organizations/organization.entity.ts';
import { UpdateOrganizationHandler } from './organizations/update-organization.handler.ts';
import { AuthorizePartnerUsersHandler } from './partnerships/authorize-partner-users.handler.ts';
import { CreatePartnerTokenHandler } from './partnerships/create-partner-token.handler.ts';
import { CreatePartnerHandler } from './partnerships/create-partner.handler.ts';
import { DeletePartnerHandler } from './partnerships/delete-partner.handler.ts';
import { DeletePartnerTokenHandler } from './partnerships/delete-partner-token.handler.ts';
import { GetPartnerHandler } from './partnerships/get-partner.handler.ts';
import { GetPartnerTokenHandler } from './partnerships/get-partner-token.handler.ts';
import { LapsePartnerTokensJob } from './partnerships/lapse-partner-tokens.job.ts';
import { ListPartnerTokenUsersHandler } from './partnerships/list-partner-token-users.handler.ts';
import { ListPartnerTokensHandler } from './partnerships/list-partner-tokens.handler.ts';
import { ListPartnerUsersHandler } from './partnerships/list-partner-users.handler.ts';
import { ListPartnersHandler } from './partnerships/list-partners.handler.ts';
import { RevokePartnerUserHandler } from './partnerships/revoke-partner-user.handler.ts';
import { SettleGrantsJob } from './partnerships/settle-grants.job.ts';
import { SwitchPartnerTokenHandler } from './partnerships/switch-partner-token.handler.ts';
import { UpdatePartnerHandler } from './partnerships/update-partner.handler.ts';
import { UpdatePartnerUserHandler } from './partnerships/update-partner-user.handler.ts';
import { GetPermissionsHandler } from './permissions/get-permissions.handler.ts';
import { PermissionCatalogue } from './permissions/permission-catalogue.entity.ts';
import { Permission } from './permissions/permission.entity.ts';
import { PutPermissionsHandler } from './permissions/put-permissions.handler.ts';
import { KeepProfileHandler } from './profiles/keep-profile.handler.ts';
import { Profile } from './profiles/profile.entity.ts';
import { ResolveNamesHandler } from './profiles/resolve-names.handler.ts';
import type { TenancyConfig } from './tenancy.config.ts';
import { Foretelling } from './units/foretelling.ts';

const entities = [Account, BillingDetails, Group, Membership, Organization, Permission, PermissionCatalogue, Profile];

const handlers = [
  AcceptInvitationHandler,
  AddMembershipHandler,
  AuthorizePartnerUsersHandler,
  CancelInvitationHandler,
  ChangeRoleHandler,
  CheckAccessLinkHandler,
  CheckLendingsHandler,
  CheckScopeHandler,
  ChooseStandingHandler,
  CreateAccountHandler,
  CreateGroupHandler,
  CreateInvitationHandler,
  CreateOrganizationHandler,
  CreatePartnerHandler,
  CreatePartnerTokenHandler,
  DeleteAccountHandler,
  DeleteGroupHandler,
  DeleteOrganizationHandler,
  DeletePartnerHandler,
  DeletePartnerTokenHandler,
  FindInvitationHandler,
  FindStayersHandler,
  GetAccountAsOperatorHandler,
  GetAccountHandler,
  GetAccountPolicyHandler,
  GetBillingDetailsHandler,
  GetGroupHandler,
  GetOrganizationHandler,
  GetPartnerHandler,
  GetPartnerTokenHandler,
  GetPermissionsHandler,
  GrantMembershipHandler,
  KeepProfileHandler,
  LeaveAccountHandler,
  ListAccountsAsOperatorHandler,
  ListAccountsHandler,
  ListGroupsHandler,
  ListInvitationsHandler,
  ListMemberEmailsHandler,
  ListMembersHandler,
  ListMembershipAccountsHandler,
  ListOrganizationsHandler,
  ListOwnersHandler,
  ListPartnerTokenUsersHandler,
  ListPartnerTokensHandler,
  ListPartnerUsersHandler,
  ListPartnersHandler,
  ListReachableAccountsHandler,
  OpenAccountHandler,
  PutBillingDetailsHandler,
  PutPermissionsHandler,
  RemoveMembershipHandler,
  ResendInvitationHandler,
  ResetMemberTwoFactorHandler,
  ResolveAccessHandler,
  ResolveNamesHandler,
  RestoreAccountHandler,
  RevokePartnerUserHandler,
  SetModulesHandler,
  SwitchPartnerTokenHandler,
  UpdateAccountHandler,
  UpdateAccountPolicyHandler,
  UpdateGroupHandler,
  UpdateOrganizationHandler,
  UpdatePartnerHandler,
  UpdatePartnerUserHandler,
];

/** Accounts, organizations, memberships and what they permit. */
@Module({})
export class TenancyModule {
  static forRoot(config: TenancyConfig): DynamicModule {
    return {
      module: TenancyModule,
      imports: serviceModules('tenancy', config, { entities, migrations }),
      providers: [
        ...handlers,
        ...scheduled(ExpireInvitationsJob),
        ...scheduled(LapsePartnerTokensJob),
        ...scheduled(PurgeAccountsJob),
        ...scheduled(SettleGrantsJob),
        Foretelling,
        InvitationMail,
        KeepInTokens,
        ...followEvents('tenancy-session', KeepLastAccounts),
        { provide: LandingHosts, useValue: new LandingHosts(config) },
        { provide: MailOrders, useValue: new MailOrders(config.MAIL_PUBLIC_KEY) },
      ],
    };
  }
}
