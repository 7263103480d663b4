import { type Browser, chromium } from 'playwright-core';
import { ensureProgram } from '../stack/program/ensure-program.ts';
import { chromium as program } from '../stack/program/program.ts';

/** A real browser without a window. Close it after use. */
export async function startBrowser(): Promise<Browser> {
  const executablePath = await ensureProgram(program);
  // Root has no sandbox: what runs here is our own pages.
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
}
