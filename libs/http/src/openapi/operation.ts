import {
  type Contract,
  contracts,
  type GatewayRoute,
  gatewayRoutes,
  type HttpBinding,
  type ProblemCode,
  type RouteAccess,
  type RouteBinding,
} from '@valetkey/contracts';
import { z } from 'zod';

/** One route as the document shows it, whether a contract's or the gateway's own. */
export interface Operation {
  /** Unique: `loginTokenRedeem`. */
  readonly id: string;
  readonly summary: string;
  readonly input: z.ZodObject;
  /** Absent where a success has no body. */
  readonly answer?: z.ZodType;
  readonly errors: readonly ProblemCode[];
  readonly access: RouteAccess;
  readonly http: HttpBinding & RouteBinding;
  /** Changes nothing. */
  readonly reads: boolean;
  /** Needs the bus for its answer. */
  readonly asks: boolean;
}

/** Everything that the gateway serves. */
export const operations: readonly Operation[] = [...contracts.flatMap(ofContract), ...gatewayRoutes.map(ofRoute)];

function ofContract({ subject, summary, input, output, errors, access, kind, http }: Contract): Operation[] {
  if (!http) return [];
  const id = idOf(subject.split('.').slice(2).join('-'));
  const answer = http.success === 204 ? undefined : (http.answer ?? output);
  const reads = kind === 'query';
  return [{ id, summary, input: objectOf(input, subject), answer, errors, access, http, reads, asks: true }];
}

function ofRoute({ name, summary, input, answer, errors, access, http }: GatewayRoute): Operation {
  const reads = http.method === 'GET';
  const asks = access.kind !== 'anyone';
  return {
    id: idOf(name.replace('.', '-')),
    summary,
    input: objectOf(input, name),
    answer,
    errors,
    access,
    http,
    reads,
    asks,
  };
}

/** `login-token-redeem` → `loginTokenRedeem` */
function idOf(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** @throws TypeError, since what is no object cannot be told apart into path, query and body. */
function objectOf(schema: z.ZodType, name: string): z.ZodObject {
  if (schema instanceof z.ZodObject) return schema;
  throw new TypeError(`The input of ${name} is no object`);
}
