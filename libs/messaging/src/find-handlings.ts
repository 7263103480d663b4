import { type Contract, ownerOf } from '@valetkey/contracts';
import type { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { Handling } from './dispatch.ts';
import { foundBy, type HandlerContext, handledBy } from './handles.decorator.ts';

type Method = (input: unknown, context: HandlerContext) => Promise<unknown>;
interface Found {
  method: Method;
  handles?: Contract;
  finds: readonly Contract[];
}

/** Every `@Handles` and `@Finds` among the providers of a service. Throws at start when a contract is handled twice. */
export function findHandlings(discovery: DiscoveryService, scanner: MetadataScanner, service: string): Handling[] {
  const found = discovery.getProviders().flatMap(({ instance }) => methodsOf(instance, scanner));
  const handlings = new Map<Contract, Handling>();
  for (const { method, handles } of found) {
    if (!handles) continue;
    if (handlings.has(handles)) throw new Error(`${handles.subject} is handled twice`);
    if (ownerOf(handles) !== service) throw new Error(`${handles.subject} is not for ${service} to handle`);
    const find = found.find(({ finds }) => finds.includes(handles))?.method;
    handlings.set(handles, {
      contract: handles,
      handle: method,
      find: find && (async (...given) => (await find(...given)) === true),
    });
  }
  return [...handlings.values()];
}

function methodsOf(instance: unknown, scanner: MetadataScanner): Found[] {
  if (typeof instance !== 'object' || instance === null) return [];
  const prototype: unknown = Object.getPrototypeOf(instance);
  if (typeof prototype !== 'object' || prototype === null) return [];
  return scanner.getAllMethodNames(prototype).flatMap((name) => {
    const method: unknown = Reflect.get(prototype, name);
    if (typeof method !== 'function') return [];
    const bound: Method = async (input, context): Promise<unknown> => Reflect.apply(method, instance, [input, context]);
    const [handles, finds] = [handledBy(method), foundBy(method)];
    return handles || finds.length > 0 ? [{ method: bound, handles, finds }] : [];
  });
}
