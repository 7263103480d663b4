import { scheduled } from '@valetkey/observability';
import { followEvents, serviceModules } from '@valetkey/outbox';
import { type DynamicModule, Module } from '@nestjs/common';
import { AccessKey } from './access-keys/access-key.entity.ts';
import { CreateAccessKeyHandler } from './access-keys/create-access-key.handler.ts';
import { DeleteAccessKeyHandler } from './access-keys/delete-access-key.handler.ts';
import { GetAccessKeyHandler } from './access-keys/get-access-key.handler.ts';
import { KeyUses } from './access-keys/key-uses.ts';
import { ListAccessKeysHandler } from './access-keys/list-access-keys.handler.ts';
import { RotateAccessKeyHandler } from './access-keys/rotate-access-key.handler.ts';
import { UpdateAccessKeyHandler } from './access-keys/update-access-key.handler.ts';
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
import { RedemptionThrottle } from './login-tokens/redemption-throttle.ts';
import { RotateLoginTokenHandler } from './login-tokens/rotate-login-token.handler.ts';
import { UpdateLoginTokenHandler } from './login-tokens/update-login-token.handler.ts';
import { ApplyMembershipEvents } from './memberships/apply-membership-events.ts';
import { migrations } from './migrations/index.ts';
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
import { TOKENS_CONFIG, type TokensConfig } from './tokens.config.ts';

/** Sessions, login tokens and resource servers: the state of every credential. */
@Module({
  providers: [
    CreateAccessKeyHandler,
    CreateLoginTokenHandler,
    DeleteAccessKeyHandler,
    DeleteLoginTokenHandler,
    EndAccountSessionsHandler,
    EndUserSessionsHandler,
    GetAccessKeyHandler,
    GetLoginTokenHandler,
    KeepAccountHandler,
    KeyUses,
    ListAccessKeysHandler,
    ListAccountSessionsHandler,
    ListLoginTokensHandler,
    ListScopedCredentialsHandler,
    LoginTokenSessionsHandler,
    OpenPortalSessionHandler,
    OwnSessionsHandler,
    RecordUsesHandler,
    RedeemLoginTokenHandler,
    RedemptionThrottle,
    ResourceServersHandler,
    RevokeCredentialHandler,
    RotateAccessKeyHandler,
    RotateLoginTokenHandler,
    SignOutHandler,
    SwitchSessionHandler,
    UpdateAccessKeyHandler,
    UpdateLoginTokenHandler,
    VerifyCredentialsHandler,
    ...followEvents('tokens', ApplyAccountEvents),
    ...followEvents('tokens-membership', ApplyMembershipEvents),
    ...followEvents('tokens-group', ApplyScopeEvents),
    ...followEvents('tokens-organization', ApplyScopeEvents),
    ...scheduled(SweepSessionsJob),
  ],
})
export class TokensModule {
  static forRoot(config: TokensConfig): DynamicModule {
    const entities = [AccessKey, LoginToken, ResourceServer, Session];
    return {
      module: TokensModule,
      imports: serviceModules('tokens', config, { entities, migrations }),
      providers: [{ provide: TOKENS_CONFIG, useValue: config }],
    };
  }
}
