import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client as Database } from 'pg';
import { Client, ownerOf, person, type Person } from './client.ts';
import { eventually } from './eventually.ts';
import { compareByRank } from './rank-test.ts';
import { type Platform, startPlatform } from './start-platform.ts';

/**
 * Chance alone brings the ranks of two equal samples further apart than this many standard deviations less than once in
 * a million runs. A slow machine does not either: which of a pair is asked first is left to chance, so whatever holds one
 * up is as likely to hold up the other.
 */
const DEVIATIONS = 5;
const MINUTES_5 = 5 * 60_000;

const unsent = 'SELECT 1 FROM outbox WHERE sent_at IS NULL';

/** What a service has still to do, by service. */
const unfinished = {
  identity: unsent,
  notifications: `${unsent} UNION ALL SELECT 1 FROM mails WHERE status = 'queued'`,
};

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const PASSWORD = 'sixteen stubborn herons';

/** Somebody of whom all but the letters of the address is as of anybody else. */
function anyPerson(): Person {
  const letters = Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]);
  return { ...person(`${letters.join('')}@harbour.example`), password: PASSWORD };
}

/** Several, since a hundred failures in a row stop a user. */
const known = Array.from({ length: 8 }, anyPerson);

let platform: Platform;
let anybody: Client;
let left: { database: Database; text: string }[];
let clients = 0;

beforeAll(async () => {
  platform = await startPlatform({ gateways: [{ TRUSTED_PROXIES: '127.0.0.0/8' }] });
  anybody = new Client(platform.gatewayUrls[0] ?? '');
  for (const who of known) await ownerOf(platform, `Of ${who.email}`, who);
  left = Object.entries(unfinished).map(([service, text]) => ({
    database: new Database(platform.databases[service]),
    text,
  }));
  for (const { database } of left) await database.connect();
}, MINUTES_5);
afterAll(async () => {
  for (const { database } of left) await database.end();
  await platform.stop();
});

/** Milliseconds that a request takes from a client who has asked nothing yet, while the platform has nothing else to do. */
async function timeOf(path: string, body: object): Promise<number> {
  clients += 1;
  const headers = { 'x-forwarded-for': `10.${clients >> 16}.${(clients >> 8) & 255}.${clients & 255}` };
  const started = performance.now();
  const { status } = await anybody.call('POST', path, { body, headers });
  const took = performance.now() - started;
  expect([202, 401]).toContain(status);
  await quiet();
  return took;
}

/** What a request left to be done after its answer is done: it must not hold up the next one. */
async function quiet(): Promise<void> {
  await eventually('everything is delivered', async () => {
    const found = await Promise.all(left.map(({ database, text }) => database.query(text)));
    return found.every(({ rows }) => rows.length === 0) || undefined;
  });
}

/** Asks for known and unknown addresses in turn, in pairs of which either may come first. */
async function times(pairs: number, ask: (who: Person) => Promise<number>) {
  const found = { known: new Array<number>(), unknown: new Array<number>() };
  for (let pair = -5; pair < pairs; pair += 1) {
    const somebody = known[(pair + known.length) % known.length] ?? anyPerson();
    const tries = [
      { who: somebody, into: found.known },
      { who: anyPerson(), into: found.unknown },
    ];
    if (randomInt(2) === 0) tries.reverse();
    for (const { who, into } of tries) {
      const took = await ask(who);
      // The first ones warm up.
      if (pair >= 0) into.push(took);
    }
  }
  return found;
}

describe('somebody who tries addresses learns nothing from how long it takes', () => {
  it.each([
    [
      'to be refused a sign-in',
      200,
      '/v1/sessions',
      (who: Person) => ({ email: who.email, password: 'not their own' }),
    ],
    ['to ask for a password reset', 100, '/v1/password-resets', ({ email }: Person) => ({ email })],
    ['to ask for the mail again', 100, '/v1/email-verifications/resend', ({ email }: Person) => ({ email })],
    ['to sign up', 60, '/v1/users', (who: Person) => ({ ...who, accountName: 'Mine' })],
  ])(
    '%s',
    async (_what, pairs, path, bodyOf) => {
      const took = await times(pairs, (who) => timeOf(path, bodyOf(who)));
      const { chanceAbove, deviation } = compareByRank(took.known, took.unknown);
      expect(Math.abs(chanceAbove - 0.5)).toBeLessThan(DEVIATIONS * deviation);
    },
    MINUTES_5,
  );
});
