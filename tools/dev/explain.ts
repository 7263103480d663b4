import { FailedStartError, PortTakenError, ProgramMissingError } from '@valetkey/testing/stack';
import pc from 'picocolors';
import { Refusal } from './refusal.error.ts';

const EXPECTED = [Refusal, PortTakenError, FailedStartError, ProgramMissingError];

/** An error in words for whoever ran the command; with its stack where it is our own mistake. */
export function explain(error: unknown): string {
  const expected = EXPECTED.some((kind) => error instanceof kind);
  const words = error instanceof Error ? ((expected ? error.message : error.stack) ?? error.message) : String(error);
  return `${pc.red('✖')} ${words}\n`;
}
