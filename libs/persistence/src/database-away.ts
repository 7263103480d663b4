/**
 * PostgreSQL's connection_exception (08…), admin_shutdown, crash_shutdown and cannot_connect_now (57P0…), and
 * too_many_connections.
 *
 * @see https://www.postgresql.org/docs/18/errcodes-appendix.html
 */
const SERVER_CODES = /^(08\d{3}|57P0[123]|53300)$/;
const SYSTEM_CODES = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EAI_AGAIN'];
/** What the driver says without a code. */
const DRIVER_WORDS =
  /Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect/;

/** Whether an error says that the database cannot be reached, or that the connection to it went: no fault of the statement. */
export function isDatabaseAway(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const code = 'code' in error ? String(error.code) : '';
  const words = 'message' in error ? String(error.message) : '';
  if (SERVER_CODES.test(code) || SYSTEM_CODES.includes(code) || DRIVER_WORDS.test(words)) return true;
  return 'cause' in error && isDatabaseAway(error.cause);
}
