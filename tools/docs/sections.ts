/**
 * Replaces what stands between `<!-- generated: name -->` and `<!-- end: name -->`.
 *
 * @throws Error when a document lacks the markers of a section.
 */
export function replaceSections(document: string, sections: Readonly<Record<string, string>>): string {
  return Object.entries(sections).reduce((text, [name, content]) => replaceSection(text, name, content), document);
}

function replaceSection(text: string, name: string, content: string): string {
  const [begin, end] = [`<!-- generated: ${name} -->`, `<!-- end: ${name} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`The markers of the section ${name} are missing`);
  return `${text.slice(0, from + begin.length)}\n\n${content}\n\n${text.slice(to)}`;
}
