/** A markdown table, its rows in the order of their first cells; Prettier aligns it. */
export function tableOf(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const sorted = rows.toSorted(([one = ''], [other = '']) => one.localeCompare(other, 'en'));
  return [line(headings), line(headings.map(() => '---')), ...sorted.map(line)].join('\n');
}
