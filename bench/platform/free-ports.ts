import { freePort } from '@valetkey/testing/stack';
import { readPorts } from '../../tools/dev/ports.ts';

/** A free port for every variable that sets one of the development stack's ports. */
export async function freePorts(): Promise<Record<string, string>> {
  const names = Object.keys(readPorts({}));
  const ports = new Set<number>();
  while (ports.size < names.length) ports.add(await freePort());
  return Object.fromEntries(names.map((name, index) => [name, String([...ports][index])]));
}
