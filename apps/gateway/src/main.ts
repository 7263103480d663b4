import { ConfigError, readConfig } from '@valetkey/config';
import { runService } from '@valetkey/observability';
import { gatewayConfig } from './gateway.config.ts';
import { GatewayModule } from './gateway.module.ts';

try {
  const config = readConfig(gatewayConfig);
  await runService({ service: 'gateway', config, module: GatewayModule.forRoot(config) });
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
