import type { Letter } from './letter.ts';

export function renderText({ body, action, notes }: Letter): string {
  const paragraphs = [...body, ...(action ? [`${action.label}:\n${action.url}`] : []), ...notes];
  return `${paragraphs.join('\n\n')}\n`;
}
