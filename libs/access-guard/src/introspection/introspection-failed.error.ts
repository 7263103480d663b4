/** The gateway could not be asked, or did not answer as it should. Nobody can say whether a credential is good. */
export class IntrospectionFailedError extends Error {
  override readonly name = 'IntrospectionFailedError';
}
