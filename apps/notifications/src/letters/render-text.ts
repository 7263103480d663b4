import type { Detail, Letter } from './letter.ts';

export function renderText({ body, details = [], items = [], action, notes, origin }: Letter): string {
  const paragraphs = [
    ...body,
    ...(details.length > 0 ? [lines(details)] : []),
    ...items.map((item) => `- ${item.text}\n${lines(item.details, '  ')}`),
    ...(action ? [`${action.label}:\n${action.url}`] : []),
    ...notes,
    ...(origin ? [`Valetkey, ${origin}`] : []),
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

function lines(details: readonly Detail[], indent = ''): string {
  return details.map(({ label, value }) => `${indent}${label}: ${value}`).join('\n');
}
