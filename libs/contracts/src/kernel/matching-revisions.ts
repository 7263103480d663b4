/**
 * The revisions that an `If-Match` admits, by strong comparison of entity tags such as `"3"`; nothing when it is
 * absent or `*`, which admit any. A tag that we never gave admits none.
 *
 * @see RFC 9110 §13.1.1
 */
export function matchingRevisions(ifMatch: string | undefined): number[] | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined;
  return [...ifMatch.matchAll(/(W\/)?"([^"]*)"/g)]
    .filter(([, weak, tag = '']) => !weak && /^[1-9]\d{0,8}$/.test(tag))
    .map(([, , tag]) => Number(tag));
}
