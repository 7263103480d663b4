/**
 * What of a password is scored and hashed: normalization form C, so that the same characters typed on another keyboard
 * or system are the same password (RFC 8265 §4.2, OpaqueString). Not KC: it would take `²` for `2`.
 */
export function normalForm(password: string): string {
  return password.normalize('NFC');
}
