import { ConfigError, readConfig } from '@valetkey/config';
import { runService } from '@valetkey/observability';
import { notificationsConfig } from './notifications.config.ts';
import { NotificationsModule } from './notifications.module.ts';

try {
  const config = readConfig(notificationsConfig);
  await runService({ service: 'notifications', config, module: NotificationsModule.forRoot(config) });
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
