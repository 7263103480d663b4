import { describe, expect, it } from '@jest/globals';
import type { Run } from '../process/run-command.ts';
import { ensureProgram } from './ensure-program.ts';
import { chromium, natsServer } from './program.ts';

/** A machine on which these commands work, and more of them once one has run. */
function machine(works: readonly string[], gains: Readonly<Record<string, string>> = {}) {
  const working = new Set(works);
  const ran: string[] = [];
  const run: Run = async (command, args) => {
    const line = [command, ...args].join(' ');
    const ok = [...working].some((start) => line.startsWith(start));
    const [, gained] = Object.entries(gains).find(([part]) => line.includes(part)) ?? [];
    if (ok && gained) working.add(gained);
    ran.push(line);
    return { ok, said: ok ? '' : 'no such command' };
  };
  return { run, ran };
}

describe('nats-server', () => {
  it('is taken from the PATH', async () => {
    expect(await ensureProgram(natsServer, machine(['nats-server']).run)).toBe('nats-server');
  });

  it('is found where Debian puts it', async () => {
    expect(await ensureProgram(natsServer, machine(['/usr/sbin/nats-server']).run)).toBe('/usr/sbin/nats-server');
  });

  it('is installed by apt-get, without leaving its service on', async () => {
    const debian = machine(['apt-get', 'sudo', 'systemctl'], { 'install -y': '/usr/sbin/nats-server' });

    expect(await ensureProgram(natsServer, debian.run)).toBe('/usr/sbin/nats-server');
    expect(debian.ran).toContainEqual(expect.stringMatching(/systemctl disable .*nats-server\.service$/));
  });

  it('is installed by Homebrew', async () => {
    const mac = machine(['brew'], { 'install --quiet': '/opt/homebrew/bin/nats-server' });
    expect(await ensureProgram(natsServer, mac.run)).toBe('/opt/homebrew/bin/nats-server');
  });

  it('is asked for where nothing can install it', async () => {
    const bare = ensureProgram(natsServer, machine([]).run);
    await expect(bare).rejects.toThrow(/sudo apt-get install nats-server[\s\S]+neither apt-get nor brew/);
  });
});

describe('A program without a service', () => {
  it('is installed and nothing is switched off', async () => {
    const debian = machine(['apt-get', 'sudo'], { 'install -y': '/usr/bin/chromium' });

    expect(await ensureProgram(chromium, debian.run)).toBe('/usr/bin/chromium');
    expect(debian.ran.filter((line) => line.includes('systemctl'))).toEqual([]);
  });
});
