import { ConfigError, readConfig } from '@valetkey/config';
import { runService } from '@valetkey/observability';
import { identityConfig } from './identity.config.ts';
import { IdentityModule } from './identity.module.ts';

try {
  const config = readConfig(identityConfig);
  await runService({ service: 'identity', config, module: IdentityModule.forRoot(config) });
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
