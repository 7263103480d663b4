import { ConfigError, readConfig } from '@valetkey/config';
import { runService } from '@valetkey/observability';
import { tokensConfig } from './tokens.config.ts';
import { TokensModule } from './tokens.module.ts';

try {
  const config = readConfig(tokensConfig);
  await runService({ service: 'tokens', config, module: TokensModule.forRoot(config) });
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
