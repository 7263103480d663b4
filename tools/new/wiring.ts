import { Refusal } from '../dev/refusal.error.ts';

/** An index with one more `export *`, in order. */
export function addExport(text: string, path: string): string {
  const lines = text.split('\n').filter((line) => line !== '' && line !== 'export {};');
  return `${[...lines, `export * from '${path}';`].sort().join('\n')}\n`;
}

/** A module with one more import, after the last of those of the same kind that come before it by path. */
export function addImport(text: string, statement: string): string {
  const lines = text.split('\n');
  const path = pathOf(statement) ?? '';
  const before = lines.findLastIndex((line) => isBefore(pathOf(line), path));
  const after = before >= 0 ? before : lines.findLastIndex((line) => pathOf(line) !== undefined);
  return lines.toSpliced(after + 1, 0, statement).join('\n');
}

/**
 * A module with one more element at the end of the array that begins with `opening`.
 *
 * @throws Refusal when there is no such array.
 */
export function addToArray(text: string, opening: RegExp, element: string): string {
  const found = opening.exec(text);
  const end = found ? closingOf(text, found.index + found[0].length) : -1;
  if (end < 0) throw new Refusal(`Nothing looks like ${opening.source} there: add ${element} by hand.`);
  const separator = /[[,]\s*$/.test(text.slice(0, end)) ? ' ' : ', ';
  return `${text.slice(0, end)}${separator}${element}${text.slice(end)}`;
}

/** Where the bracket closes that stands open before `from`; -1 if it does not. */
function closingOf(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '[') depth += 1;
    if (text[at] === ']') depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}

function pathOf(line: string): string | undefined {
  return /^(?:import .*|\} )from '(\.[^']*)';$/.exec(line)?.[1];
}

function isBefore(one: string | undefined, other: string): boolean {
  return one !== undefined && one < other;
}
