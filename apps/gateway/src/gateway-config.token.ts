/** Injects the {@link GatewayConfig}. */
export const GATEWAY_CONFIG = Symbol('valetkey:gateway-config');
