export { type AskedOfGateway, GatewayStandIn } from './gateway-stand-in.ts';
export { ManualTime } from './manual-time.ts';
export { type RelayConnections, RelayStandIns } from './relay-stand-ins.ts';
