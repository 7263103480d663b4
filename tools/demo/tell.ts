import pc from 'picocolors';

/** A step of the story: who does what, and what came of it. */
export function tell(who: string, what: string, outcome?: string): void {
  process.stdout.write(`${pc.cyan(who.padEnd(11))} ${what}${outcome === undefined ? '' : pc.dim(`  →  ${outcome}`)}\n`);
}
