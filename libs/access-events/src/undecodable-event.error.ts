/** What arrived is no access event, or its data does not fit its type. It never will, so nobody tries it again. */
export class UndecodableEventError extends Error {
  override readonly name = 'UndecodableEventError';
}
