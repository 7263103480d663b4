import { Invitation } from '@valetkey/contracts';
import { Secret, TOTP } from 'otpauth';
import { z } from 'zod';
import { halfMinutesOf } from './authenticator.ts';
import { keyOf } from './access-keys.ts';
import { Client, mailedSecret, opened, type Owner, person, type Person, signedIn } from './client.ts';
import { eventually } from './eventually.ts';
import { invite, joinAsNew, mailedBy } from './invitations.ts';
import type { Platform } from './start-platform.ts';
import { type StoredRow, storedRows } from './stored-rows.ts';

/** Whatever must be known to nobody but its holder, by what it is. */
export type Secrets = Map<string, string>;

const twoFactor = '/v1/users/me/two-factor';
const Enrolment = z.object({ secret: z.string(), otpauthUri: z.string(), qrCode: z.string() });
const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string()) });
const Challenge = z.object({ challenge: z.string() });
const Shown = z.object({ secret: z.string() });

/** An answer's body, of a request that must succeed. */
async function done(client: Client, method: string, path: string, body?: object): Promise<unknown> {
  const answer = await client.call(method, path, { body });
  if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status} ${answer.code ?? ''}`);
  return answer.body;
}

/** Somebody is invited twice, and joins; the secrets stand in the mails. */
export async function joinByInvitation(platform: Platform, owner: Owner, secrets: Secrets): Promise<Person> {
  const grace = person('grace@harbour.example');
  const scope = { type: 'account', id: owner.accountId } as const;
  const first = await invite(platform, owner, { email: grace.email, scope, role: 'viewer' });
  const again = await mailedBy(platform, grace.email, () => done(owner, 'POST', `${first.path}/resend`));
  Invitation.parse(again.answer);
  const session = await joinAsNew(platform, again.secret, grace);
  secrets.set('the password of who was invited', grace.password).set('their session', session.secret ?? '');
  return grace;
}

/** They forget the password, and set another by mail. */
export async function resetPassword(platform: Platform, { email }: Person, secrets: Secrets): Promise<string> {
  const anybody = new Client(platform.gatewayUrls[0] ?? '');
  await done(anybody, 'POST', '/v1/password-resets', { email });
  const token = await mailedSecret(platform, email, 'vkr');
  const password = 'sixteen stubborn herons';
  await done(anybody, 'POST', '/v1/password-resets/complete', { token, password });
  secrets.set('a password set by mail', password);
  return password;
}

/** They add an address and verify it, and change the password once more. */
export async function addAddress(platform: Platform, who: Person, secrets: Secrets): Promise<string> {
  const session = await signedIn(platform, who);
  const email = 'countess@harbour.example';
  await done(session, 'POST', '/v1/users/me/emails', { email, currentPassword: who.password });
  const token = await mailedSecret(platform, email, 'vkv');
  await done(session, 'POST', '/v1/email-verifications', { token });
  const password = 'nineteen plum tractors and a violin';
  await done(session, 'PUT', '/v1/users/me/password', { currentPassword: who.password, password });
  secrets.set('a changed password', password).set('a session that adds an address', session.secret ?? '');
  return password;
}

/** They enrol in two-factor, sign in with a code and with a recovery code, make new ones, and turn it off. */
export async function useTwoFactor(platform: Platform, who: Person, secrets: Secrets): Promise<void> {
  const { email, password } = who;
  const anybody = new Client(platform.gatewayUrls[0] ?? '');
  const session = await signedIn(platform, who);
  const now = halfMinutesOf(platform);
  const begin = async (which: string) => {
    const begun = Enrolment.parse(await done(session, 'POST', twoFactor, { currentPassword: password }));
    return rememberEnrolment(which, begun, secrets);
  };
  await begin('begun in vain');
  const totp = await begin('confirmed');
  const confirmed = await done(session, 'POST', `${twoFactor}/confirm`, { code: totp.generate({ timestamp: now() }) });
  const codes = rememberCodes('', RecoveryCodes.parse(confirmed).recoveryCodes, secrets);
  const signInWith = async (factor: object) => {
    const { challenge } = Challenge.parse(await done(anybody, 'POST', '/v1/sessions', { email, password }));
    secrets.set(`challenge ${secrets.size}`, challenge);
    await anybody.call('POST', '/v1/sessions/two-factor', { body: { challenge, recoveryCode: 'not one at all' } });
    const answer = await anybody.call('POST', '/v1/sessions/two-factor', { body: { challenge, ...factor } });
    secrets.set(`session ${secrets.size}`, opened(answer).secret);
  };
  await signInWith({ code: totp.generate({ timestamp: now() }) });
  await signInWith({ recoveryCode: codes[0] });
  const proof = { currentPassword: password, recoveryCode: codes[1] };
  const renewed = RecoveryCodes.parse(await done(session, 'POST', `${twoFactor}/recovery-codes`, proof));
  const [recoveryCode] = rememberCodes('new ', renewed.recoveryCodes, secrets);
  await done(session, 'DELETE', twoFactor, { currentPassword: password, recoveryCode });
}

/** In every form in which something may have kept it. */
function rememberEnrolment(which: string, shown: z.infer<typeof Enrolment>, secrets: Secrets): TOTP {
  const secret = Secret.fromBase32(shown.secret);
  secrets.set(`a two-factor secret, ${which}`, shown.secret).set(`its QR code, ${which}`, shown.qrCode);
  secrets.set(`its bytes, ${which}`, secret.hex.toLowerCase());
  secrets.set(`its bytes in base64, ${which}`, Buffer.from(secret.bytes).toString('base64url'));
  return new TOTP({ secret });
}

function rememberCodes(which: string, codes: readonly string[], secrets: Secrets): readonly string[] {
  codes.forEach((code, place) => {
    secrets.set(`${which}recovery code ${place + 1}`, code);
    secrets.set(`${which}recovery code ${place + 1}, typed without its groups`, code.replaceAll('-', ''));
  });
  return codes;
}

/** A program uses a key, which is rotated, and uses the new secret too. */
export async function useKeys(owner: Owner, secrets: Secrets): Promise<void> {
  const key = await keyOf(owner, { name: 'Program' });
  const { secret } = Shown.parse(await done(owner, 'POST', `${key.path}/rotate`, { graceSeconds: 60 }));
  secrets.set('an access key', key.secret).set('a rotated access key', secret);
  for (const program of [key.program, new Client(owner.baseUrl, secret, 'another program')]) {
    await done(program, 'GET', owner.path);
    await program.call('GET', '/v1/users/me');
  }
}

/** The account says whom its bills name, and its owner wants such news once a day: the next day brings it. */
export async function keepForTheNextDay(platform: Platform, owner: Owner, { email }: Person): Promise<void> {
  const billing = { companyName: 'Harbour Lda', email: 'bills@harbour.example', address: null, taxId: 'PT999999990' };
  await done(owner, 'PATCH', '/v1/users/me/notifications', { account: 'daily' });
  await done(owner, 'PUT', `${owner.path}/billing`, billing);
  const isKept = ({ table }: StoredRow) => table === 'notifications.digest_items';
  await eventually('the news is kept', async () => (await storedRows(platform)).some(isKept) || undefined);
  platform.clock.advance(24 * 3_600_000);
  await platform.replicate('notifications');
  await platform.mailbox.waitFor(
    ({ envelope, subject }) => envelope.to.includes(email) && subject === 'Your daily summary',
    { timeoutMs: 10_000 },
  );
}
