import { scheduled } from '@valetkey/observability';
import { followEvents, MailOrders, serviceModules } from '@valetkey/outbox';
import { type DynamicModule, Module } from '@nestjs/common';
import { AccessKey } from './access-keys/access-key.entity.ts';
import { CreateAccessKeyHandler } from './access-keys/create-access-key.handler.ts';
import { DeleteAccessKeyHandler } from './access-keys/delete-access-key.handler.ts';
import { GetAccessKeyHandler } from './access-keys/get-access-key.handler.ts';
import { KeyUses } from './access-keys/key-uses.ts';
import { ListAccessKeysHandler } from './access-keys/list-access-keys.handler.ts';
import { RotateAccessKeyHandler } from './access-keys/rotate-access-key.handler.ts';
import { UpdateAccessKeyHandler } from './access-keys/update-access-key.handler.ts';
import { AccessLinkMail } from './access-links/access-link-mail.ts';
import { AccessLink } from './access-links/access-link.entity.ts';
import { ApplyMailEvents } from './access-links/apply-mail-events.ts';
import { CreateAccessLinkHandler } from './access-links/create-access-link.handler.ts';
import { DeleteAccessLinkHandler } from './access-links/delete-access-link.handler.ts';
import { EndAddressLinksHandler } from './access-links/end-address-links.handler.ts';
import { GetAccessLinkHandler } from './access-links/get-access-link.handler.ts';
import { LinkProofs } from './access-links/link-proofs.ts';
import { ListAccessLinksHandler } from './access-links/list-access-links.handler.ts';
import { MailedAccessLinkHandler } from './access-links/mailed-access-link.handler.ts';
import { PreviewAccessLinkHandler } from './access-links/preview-access-link.handler.ts';
import { RedeemAccessLinkHandler } from './access-links/redeem-access-link.handler.ts';
import { ShownLinks } from './access-links/shown-links.ts';
import { UpdateAccessLinkHandler } from './access-links/update-access-link.handler.ts';
import { ApplyAccountEvents } from './accounts/apply-account-events.ts';
import { KeepAccountHandler } from './accounts/keep-account.handler.ts';
import { ListScopedCredentialsHandler } from './lent/list-scoped-credentials.handler.ts';
import { CreateLoginTokenHandler } from './login-tokens/create-login-token.handler.ts';
import { DeleteLoginTokenHandler } from './login-tokens/delete-login-token.handler.ts';
import { GetLoginTokenHandler } from './login-tokens/get-login-token.handler.ts';
import { ListLoginTokensHandler } from './login-tokens/list-login-tokens.handler.ts';
import { LoginTokenSessionsHandler } from './login-tokens/login-token-sessions.handler.ts';
import { LoginToken } from './login-tokens/login-token.entity.ts';
import { RedeemLoginTokenHandler } from './login-tokens/redeem-login-token.handler.ts';
import { ApplyScopeEvents } from './scopes/apply-scope-events.ts';
import { RotateLoginTokenHandler } from './login-tokens/rotate-login-token.handler.ts';
import { UpdateLoginTokenHandler } from './login-tokens/update-login-token.handler.ts';
import { ApplyMembershipEvents } from './memberships/apply-membership-events.ts';
import { migrations } from './migrations/index.ts';
import { ApplyPartnershipEvents } from './partnerships/apply-partnership-events.ts';
import { RecheckStandersHandler } from './partnerships/recheck-standers.handler.ts';
import { ResourceServer } from './resource-servers/resource-server.entity.ts';
import { ResourceServersHandler } from './resource-servers/resource-servers.handler.ts';
import { EndAccountSessionsHandler } from './sessions/end-account-sessions.handler.ts';
import { EndUserSessionsHandler } from './sessions/end-user-sessions.handler.ts';
import { ListAccountSessionsHandler } from './sessions/list-account-sessions.handler.ts';
import { OpenPortalSessionHandler } from './sessions/open-portal-session.handler.ts';
import { OwnSessionsHandler } from './sessions/own-sessions.handler.ts';
import { RecordUsesHandler } from './sessions/record-uses.handler.ts';
import { RevokeCredentialHandler } from './sessions/revoke-credential.handler.ts';
import { Session } from './sessions/session.entity.ts';
import { SignOutHandler } from './sessions/sign-out.handler.ts';
import { SwitchSessionHandler } from './sessions/switch-session.handler.ts';
import { VerifyCredentialsHandler } from './sessions/verify-credentials.handler.ts';
import { SweepSessionsJob } from './sweeps/sweep-sessions.job.ts';
import { LinkTries } from './throttles/link-tries.ts';
import { RedemptionThrottle } from './throttles/redemption-throttle.ts';
import { TOKENS_CONFIG, type TokensConfig } from './tokens.config.ts';

/** Sessions, login tokens, access keys, access links and resource servers: the state of every credential. */
@Module({
  providers: [
    AccessLinkMail,
    CreateAccessKeyHandler,
    CreateAccessLinkHandler,
    CreateLoginTokenHandler,
    DeleteAccessKeyHandler,
    DeleteAccessLinkHandler,
    DeleteLoginTokenHandler,
    EndAccountSessionsHandler,
    EndAddressLinksHandler,
    EndUserSessionsHandler,
    GetAccessKeyHandler,
    GetAccessLinkHandler,
    GetLoginTokenHandler,
    KeepAccountHandler,
    KeyUses,
    LinkProofs,
    LinkTries,
    ListAccessKeysHandler,
    ListAccessLinksHandler,
    ListAccountSessionsHandler,
    ListLoginTokensHandler,
    ListScopedCredentialsHandler,
    LoginTokenSessionsHandler,
    MailedAccessLinkHandler,
    OpenPortalSessionHandler,
    OwnSessionsHandler,
    PreviewAccessLinkHandler,
    RecheckStandersHandler,
    RecordUsesHandler,
    RedeemAccessLinkHandler,
    RedeemLoginTokenHandler,
    RedemptionThrottle,
    ResourceServersHandler,
    RevokeCredentialHandler,
    RotateAccessKeyHandler,
    RotateLoginTokenHandler,
    ShownLinks,
    SignOutHandler,
    SwitchSessionHandler,
    UpdateAccessKeyHandler,
    UpdateAccessLinkHandler,
    UpdateLoginTokenHandler,
    VerifyCredentialsHandler,
    ...followEvents('tokens', ApplyAccountEvents),
    ...followEvents('tokens-mail', ApplyMailEvents),
    ...followEvents('tokens-membership', ApplyMembershipEvents),
    ...followEvents('tokens-group', ApplyScopeEvents),
    ...followEvents('tokens-organization', ApplyScopeEvents),
    ...followEvents('tokens-partner-user', ApplyPartnershipEvents),
    ...followEvents('tokens-partnership', ApplyPartnershipEvents),
    ...scheduled(SweepSessionsJob),
  ],
})
export class TokensModule {
  static forRoot(config: TokensConfig): DynamicModule {
    const entities = [AccessKey, AccessLink, LoginToken, ResourceServer, Session];
    return {
      module: TokensModule,
      imports: serviceModules('tokens', config, { entities, migrations }),
      providers: [
        { provide: TOKENS_CONFIG, useValue: config },
        { provide: MailOrders, useValue: new MailOrders(config.MAIL_PUBLIC_KEY) },
      ],
    };
  }
}
