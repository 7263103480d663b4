import type { ConfigDefinition } from './config-definition.ts';
import { describeConfig, type VariableDescription } from './describe-config.ts';

const HEADINGS = ['Variable', 'Services', 'Required', 'Default', 'Secret', 'Meaning'];

/**
 * One markdown table of the variables of several services, by name. Services that declare a variable alike share a row.
 * Padded as Prettier pads, so that a document holding it passes its check.
 */
export function configTable(definitions: readonly ConfigDefinition[]): string {
  const declared = definitions.flatMap((definition) =>
    describeConfig(definition).map((variable) => ({
      variable,
      service: definition.service,
      key: JSON.stringify(variable),
    })),
  );
  const rows = declared.map(({ variable, key }) => {
    const services = declared.filter((other) => other.key === key).map(({ service }) => service);
    return cellsOf(variable, services);
  });
  return markdownTable(rows);
}

function cellsOf(variable: VariableDescription, services: readonly string[]): string[] {
  return [
    `\`${variable.name}\`${variable.secret ? ` or \`${variable.name}_FILE\`` : ''}`,
    services.join(', '),
    variable.required ? 'yes' : 'no',
    variable.default === undefined ? '' : `\`${variable.default}\``,
    variable.secret ? 'yes' : 'no',
    variable.description,
  ].map((cell) => cell.replaceAll('|', '\\|'));
}

/** The rows once each, in order. */
function markdownTable(rows: readonly string[][]): string {
  const widths = HEADINGS.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = line(widths.map((width) => '-'.repeat(width)));
  return [line(HEADINGS), rule, ...new Set(rows.map(line).sort())].join('\n');
}
