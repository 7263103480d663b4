export { type AskedOfGateway, GatewayStandIn } from './gateway-stand-in.ts';
export { ManualTime } from './manual-time.ts';
