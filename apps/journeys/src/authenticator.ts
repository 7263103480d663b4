import { Secret, TOTP } from 'otpauth';
import { z } from 'zod';
import type { Client, Person } from './client.ts';
import type { Platform } from './start-platform.ts';

const path = '/v1/users/me/two-factor';
const Enrolment = z.object({ secret: z.string() });

/** A user's authenticator app, written by others than the platform's. */
export class Authenticator {
  private constructor(
    private readonly totp: TOTP,
    private readonly now: () => number,
  ) {}

  /**
   * Enrols a signed-in user in two-factor.
   *
   * @param now milliseconds since the epoch; each code is good once, so that it is half a minute later each time.
   */
  static async of(
    user: Client,
    { password }: Pick<Person, 'password'>,
    now: () => number = Date.now,
  ): Promise<Authenticator> {
    const begun = await user.call('POST', path, { body: { currentPassword: password } });
    const secret = Secret.fromBase32(Enrolment.parse(begun.body).secret);
    const authenticator = new Authenticator(new TOTP({ secret }), now);
    const confirmed = await user.call('POST', `${path}/confirm`, { body: { code: authenticator.code() } });
    if (confirmed.status !== 200) throw new Error(`Confirming two-factor answered ${confirmed.status}`);
    return authenticator;
  }

  /** What it shows. */
  code(): string {
    return this.totp.generate({ timestamp: this.now() });
  }
}

/** The platform's time, half a minute later at each look. */
export function halfMinutesOf({ clock }: Pick<Platform, 'clock'>): () => number {
  return () => {
    clock.advance(30_000);
    return clock.now().getTime();
  };
}
