import { followEvents, serviceModules } from '@valetkey/outbox';
import { type DynamicModule, Module } from '@nestjs/common';
import type { AuditConfig } from './audit.config.ts';
import { migrations } from './migrations/index.ts';
import { EntityName } from './trail/entity-name.entity.ts';
import { ListAuditHandler } from './trail/list-audit.handler.ts';
import { PartyNames } from './trail/party-names.ts';
import { RecordEvents } from './trail/record-events.ts';
import { UserAccounts } from './trail/user-accounts.ts';

/** Keeps every access event, in chains that show tampering, and lists an account's own. */
@Module({})
export class AuditModule {
  static forRoot(config: AuditConfig): DynamicModule {
    return {
      module: AuditModule,
      imports: serviceModules('audit', config, { entities: [EntityName], migrations }),
      providers: [ListAuditHandler, PartyNames, UserAccounts, ...followEvents('audit', RecordEvents)],
    };
  }
}
