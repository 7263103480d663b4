import * as audit from './audit/index.ts';
import * as gateway from './gateway/index.ts';
import * as identity from './identity/index.ts';
import type { Contract } from './kernel/contract.ts';
import type { AccessEventDefinition } from './kernel/event.ts';
import * as notifications from './notifications/index.ts';
import * as tenancy from './tenancy/index.ts';
import * as tokens from './tokens/index.ts';

const everything: unknown[] = [audit, identity, notifications, tenancy, tokens].flatMap((part): unknown[] =>
  Object.values(part),
);

function isContract(value: unknown): value is Contract {
  return typeof value === 'object' && value !== null && 'access' in value && 'subject' in value;
}

function isEvent(value: unknown): value is AccessEventDefinition {
  return typeof value === 'object' && value !== null && 'entity' in value && 'action' in value && 'data' in value;
}

/** Every command and query there is. */
export const contracts: readonly Contract[] = everything.filter(isContract);

/** Every access event there is. */
export const accessEvents: readonly AccessEventDefinition[] = everything.filter(isEvent);

function isRoute(value: unknown): value is gateway.GatewayRoute {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'route';
}

/** Every route that the gateway answers by itself; the others are the contracts with an `http` binding. */
export const gatewayRoutes: readonly gateway.GatewayRoute[] = Object.values<unknown>(gateway).filter(isRoute);
