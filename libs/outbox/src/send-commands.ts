import { contracts, Failure, RequestContext } from '@valetkey/contracts';
import type { Bus } from '@valetkey/messaging';
import { sql } from '@valetkey/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

const BATCH = 50;
const FIRST_BACKOFF_MS = 200;
/** So that what could not be delivered is, soon after its service is back. */
const LAST_BACKOFF_MS = 5_000;

interface CommandRow {
  id: string;
  subject: string;
  body: string;
  context: string;
  attempts: number;
}

/** Delivers due commands to other services. What is refused or unanswered is tried again, later and later. */
export async function sendCommands(
  em: EntityManager,
  bus: Bus,
  now: Date,
): Promise<{ sent: number; more: boolean; failures: string[] }> {
  const rows = await sql<CommandRow>(
    em,
    `SELECT id, subject, body, context, attempts FROM outbox
      WHERE sent_at IS NULL AND kind = 'command' AND (next_attempt_at IS NULL OR next_attempt_at <= $1)
      ORDER BY id LIMIT ${BATCH}`,
    [now],
  );
  const outcomes = await Promise.all(rows.map((row) => deliver(em, bus, row, now)));
  const failures = outcomes.filter((outcome) => outcome !== undefined);
  return { sent: rows.length - failures.length, more: rows.length === BATCH, failures };
}

async function deliver(em: EntityManager, bus: Bus, row: CommandRow, now: Date): Promise<string | undefined> {
  const contract = contracts.find(({ subject }) => subject === row.subject);
  if (!contract) throw new Error(`No contract has the subject ${row.subject}`);
  const answer = await bus.ask(contract, JSON.parse(row.body), RequestContext.parse(JSON.parse(row.context)));
  if (!(answer instanceof Failure)) {
    await sql(em, 'UPDATE outbox SET sent_at = $2, body = NULL WHERE id = $1', [row.id, now]);
    return undefined;
  }
  const backoff = Math.min(FIRST_BACKOFF_MS * 2 ** row.attempts, LAST_BACKOFF_MS);
  await sql(em, 'UPDATE outbox SET attempts = attempts + 1, next_attempt_at = $2 WHERE id = $1', [
    row.id,
    new Date(now.getTime() + backoff),
  ]);
  return `${row.subject}: ${answer.code}`;
}
