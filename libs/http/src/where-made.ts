import { contracts, type HttpBinding } from '@valetkey/contracts';

type Route = Pick<HttpBinding, 'path' | 'creates'>;

const placeholders = /\{\w+\}/g;
const readable = new Set(
  contracts.flatMap(({ http }) => (http?.method === 'GET' ? [http.path.replace(placeholders, '{}')] : [])),
);

/** Whether what a route makes can be read by itself, below the route's path: only then has it a `Location` (RFC 9110 §10.2.2). */
export function saysWhereMade({ path, creates }: Route): boolean {
  return creates !== undefined && readable.has(`${path.replace(placeholders, '{}')}/{}`);
}
