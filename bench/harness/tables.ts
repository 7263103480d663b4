import type { Bar } from './bar.ts';
import type { Figure } from './scenario.ts';

/** What was measured, before any comparison. */
export function figureTable(figures: Figure[]): string {
  return table(
    ['measured', 'value', '', 'details'],
    figures.map(({ name, value, unit, details }) => [name, short(value), unit, describe(details)]),
  );
}

/** The promises and whether they hold. */
export function barTable(bars: Bar[]): string {
  return table(
    ['bar', 'what', 'value', 'bar', 'holds'],
    bars.map(({ id, what, value, unit, bar, holds }) => [
      id,
      what,
      `${short(value)} ${unit}`,
      `${bar} ${unit}`,
      holds ? 'yes' : 'NO',
    ]),
  );
}

const short = (value: number): string =>
  value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));

const describe = (details: Figure['details'] = {}): string =>
  Object.entries(details)
    .map(([name, value]) => `${name} ${[value].flat().map(short).join(' ')}`)
    .join(' · ');

function table(head: string[], rows: string[][]): string {
  if (rows.length === 0) return '';
  const widths = head.map((title, column) => Math.max(...[head, ...rows].map((row) => (row[column] ?? title).length)));
  const line = (row: string[]): string =>
    `  ${row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()}\n`;
  return `\n${line(head)}${line(widths.map((width) => '─'.repeat(width)))}${rows.map(line).join('')}`;
}
