import pc from 'picocolors';

const WIDTH = 'example-devices'.length;
const colours = [pc.cyan, pc.magenta, pc.yellow, pc.green, pc.blue, pc.cyanBright, pc.magentaBright];
const labels = new Map<string, string>();

/** Prints a service's line behind its name, each name in a colour of its own. */
export function printLine(service: string, line: string): void {
  process.stdout.write(`${labelOf(service)} ${pc.dim('│')} ${line}\n`);
}

function labelOf(service: string): string {
  const known = labels.get(service);
  if (known !== undefined) return known;
  const colour = colours[labels.size % colours.length] ?? pc.white;
  const label = colour(service.padEnd(WIDTH));
  labels.set(service, label);
  return label;
}
