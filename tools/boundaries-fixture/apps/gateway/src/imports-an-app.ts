import { TokensModule } from '@valetkey/tokens'; // breaks @nx/enforce-module-boundaries
import { openSession } from '../../tokens/src/sessions/open-session.handler.ts'; // breaks @nx/enforce-module-boundaries

export const wrong = [TokensModule, openSession];
