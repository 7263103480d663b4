import { GatewayModule } from '@valetkey/gateway'; // breaks @nx/enforce-module-boundaries

export const wrong = GatewayModule;
