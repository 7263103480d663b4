import { generateSecret, generateURI, verify } from 'otplib';

const ISSUER = 'Valetkey';
/** Seconds. */
const STEP = 30;
/** SHA-1, for the authenticators that ignore the parameter are many; HMAC does not need its collision resistance. */
const parameters = { algorithm: 'sha1', digits: 6, period: STEP } as const;

/** 160 bits in base32, as RFC 4226 §4 recommends. */
export function newTotpSecret(): string {
  return generateSecret();
}

/** What an authenticator reads from a QR code. The label tells one entry of it from another. */
export function otpauthUri(secret: string, label: string): string {
  return generateURI({ issuer: ISSUER, label, secret, ...parameters });
}

/**
 * The time step that a code is of, if it is of this one or a neighbour: a clock may be off by as much (RFC 6238 §6).
 * Compared in constant time. Whether it was given before is not asked here.
 */
export async function stepOf(code: string, secret: string, now: Date): Promise<number | undefined> {
  const epoch = Math.floor(now.getTime() / 1000);
  const verdict = await verify({ secret, token: code, epoch, epochTolerance: STEP, ...parameters });
  return verdict.valid && 'timeStep' in verdict ? verdict.timeStep : undefined;
}
