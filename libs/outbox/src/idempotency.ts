import { Failure } from '@valetkey/contracts';
import { EarlyAnswer, type HandlerContext, Replayed } from '@valetkey/messaging';
import { sql } from '@valetkey/persistence';
import type { Transaction } from './transaction.ts';

type Key = NonNullable<HandlerContext['idempotency']>;

/** Lets a new key pass. Leaves with the kept answer for a repeated request, with a refusal for a changed or simultaneous one. */
export async function refuseOrReplay({ em }: Transaction, { key, bodyDigest }: Key): Promise<void> {
  const [lock] = await sql<{ mine: boolean }>(em, 'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS mine', [
    key,
  ]);
  if (!lock?.mine) throw new EarlyAnswer(new Failure('idempotency_in_flight', { retryAfter: 1 }));
  const [kept] = await sql<{ body_digest: string; answer: unknown }>(
    em,
    'SELECT body_digest, answer FROM idempotency WHERE key = $1',
    [key],
  );
  if (!kept) return;
  throw new EarlyAnswer(
    kept.body_digest === bodyDigest ? new Replayed(kept.answer) : new Failure('idempotency_mismatch'),
  );
}

/** Keeps an answer without its secret: who lost that rotates. */
export async function keepAnswer({ em, now }: Transaction, { key, bodyDigest }: Key, answer: object): Promise<void> {
  const kept = Object.fromEntries(Object.entries(answer).filter(([name]) => name !== 'secret'));
  await sql(em, 'INSERT INTO idempotency (key, body_digest, answer, created_at) VALUES ($1, $2, $3, $4)', [
    key,
    bodyDigest,
    JSON.stringify(kept),
    now,
  ]);
}
