/** A condition on a text that it holds this part, in any case; a trigram index serves it. */
export function containing(part: string): { $ilike: string } {
  return { $ilike: `%${part.replaceAll(/[\\%_]/g, String.raw`\$&`)}%` };
}
