import { TokensModule } from '@valetkey/tokens'; // breaks @nx/enforce-module-boundaries

export const wrong = TokensModule;
