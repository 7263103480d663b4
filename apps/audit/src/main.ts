import { ConfigError, readConfig } from '@valetkey/config';
import { runService } from '@valetkey/observability';
import { auditConfig } from './audit.config.ts';
import { AuditModule } from './audit.module.ts';

try {
  const config = readConfig(auditConfig);
  await runService({ service: 'audit', config, module: AuditModule.forRoot(config) });
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
