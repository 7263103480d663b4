import { existsSync } from 'node:fs';
import type { Outcome, Run } from '../process/run-command.ts';
import type { Program } from './program.ts';

/** Waits while another program holds the package database. */
const PATIENT = ['-o', 'DPkg::Lock::Timeout=120'];

export async function installOnDebian({ debian, service }: Program, run: Run): Promise<Outcome> {
  const asRoot = await rootRunner(run);
  if (!asRoot) return { ok: false, said: 'that takes root, or a sudo that asks no password' };

  const updated = await asRoot('apt-get', [...PATIENT, 'update']);
  const installed = await asRoot('apt-get', [...PATIENT, 'install', '-y', '--no-install-recommends', debian]);
  if (!installed.ok) return { ok: false, said: `${updated.said}\n${installed.said}` };
  if (service !== undefined) await switchServiceOff(service, asRoot);
  return installed;
}

async function rootRunner(run: Run): Promise<Run | undefined> {
  if (process.getuid?.() === 0) return run;
  if (!(await run('sudo', ['-n', 'true'])).ok) return undefined;
  return (command, args) => run('sudo', ['-n', command, ...args]);
}

/** The package starts it now and at each boot. */
async function switchServiceOff(service: string, asRoot: Run): Promise<void> {
  const now = existsSync('/run/systemd/system') ? ['--now'] : [];
  await asRoot('systemctl', ['disable', ...now, service]);
}
