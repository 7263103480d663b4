import { ConfigError, readConfig } from '@valetkey/config';
import { runService } from '@valetkey/observability';
import { devicesConfig } from './devices.config.ts';
import { DevicesModule } from './devices.module.ts';

try {
  const config = readConfig(devicesConfig);
  await runService({ service: 'example-devices', config, module: DevicesModule.forRoot(config) });
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
