import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jsqr from 'jsqr';
import { PNG } from 'pngjs';

/** Reads the text of a QR code from a PNG. */
export type QrReader = (png: Buffer) => string | undefined;

export const readByJsqr: QrReader = (png) => {
  const { data, width, height } = PNG.sync.read(png);
  return jsqr.default(new Uint8ClampedArray(data), width, height)?.data;
};

/** By zbarimg, which is of no JavaScript. */
export const readByZbar: QrReader = (png) => {
  const dir = mkdtempSync(join(tmpdir(), 'valetkey-qr-'));
  try {
    const file = join(dir, 'code.png');
    writeFileSync(file, png);
    // On a machine without a desktop it complains of that.
    return execFileSync('zbarimg', ['--quiet', '--raw', file], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } finally {
    rmSync(dir, { recursive: true });
  }
};

/** A code by oathtool, which knows nothing of JavaScript. */
export function codeByOathtool(secret: string, time: Date): string {
  const now = time
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC');
  return execFileSync('oathtool', ['--totp', '--base32', `--now=${now}`, secret], { encoding: 'utf8' }).trim();
}

/** Whether a program is on this machine. */
export function isHere(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}
