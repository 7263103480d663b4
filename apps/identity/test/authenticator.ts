import { Secret, TOTP } from 'otpauth';

/** What a user's authenticator shows at a time: by another implementation than ours (RFC 6238). */
export function codeAt(secret: string, time: Date): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: time.getTime() });
}

/** Six digits that it shows at no time that is near. */
export function wrongCodeAt(secret: string, time: Date): string {
  const near = [-60, -30, 0, 30, 60].map((seconds) => codeAt(secret, new Date(time.getTime() + seconds * 1000)));
  const wrong = ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !near.includes(code));
  if (wrong === undefined) throw new Error('Every code is near');
  return wrong;
}
