import { cpSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const COPIED = ['apps', 'libs', 'tools', 'tsconfig.base.json', 'package.json', '.swcrc', 'prettier.config.mjs'];
const JEST = ['jest.config.mjs', 'jest.global-setup.mjs', 'jest.global-teardown.mjs'];

/** The workspace's sources in a folder of their own, on the packages that are installed in the workspace. For tests. */
export function copyWorkspace(root: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'valetkey-workspace-'));
  const filter = (path: string) => !['node_modules', 'dist'].includes(basename(path));
  for (const entry of [...COPIED, ...JEST]) cpSync(join(root, entry), join(copy, entry), { recursive: true, filter });
  linkPackages(root, copy);
  return copy;
}

/** The installed packages, but the workspace's own from the copy. */
function linkPackages(root: string, copy: string): void {
  const [installed, linked] = [join(root, 'node_modules'), join(copy, 'node_modules')];
  mkdirSync(join(linked, '@valetkey'), { recursive: true });
  for (const name of readdirSync(installed))
    if (name !== '@valetkey') symlinkSync(join(installed, name), join(linked, name));
  for (const folder of ['apps', 'libs']) {
    for (const name of readdirSync(join(copy, folder)))
      symlinkSync(join(copy, folder, name), join(linked, '@valetkey', name));
  }
}
