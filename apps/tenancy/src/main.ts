import { ConfigError, readConfig } from '@valetkey/config';
import { runService } from '@valetkey/observability';
import { tenancyConfig } from './tenancy.config.ts';
import { TenancyModule } from './tenancy.module.ts';

try {
  const config = readConfig(tenancyConfig);
  await runService({ service: 'tenancy', config, module: TenancyModule.forRoot(config) });
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
