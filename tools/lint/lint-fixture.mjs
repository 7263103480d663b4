/**
 * Lints the files below `tools/boundaries-fixture/` as if they stood at the root of the workspace, and prints what
 * breaks: `[{ "file": "apps/…", "breaks": ["<line> <rule>"] }]`. They have no types (they are in no project), so the
 * rules that ask for types are off.
 */
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

const fixture = resolve(import.meta.dirname, '../boundaries-fixture');
const eslint = new ESLint({ cwd: resolve(fixture, '../..'), overrideConfig: tseslint.configs.disableTypeChecked });

const findings = [];
for (const file of globSync('**/*.ts', { cwd: fixture }).sort()) {
  const [result] = await eslint.lintText(readFileSync(resolve(fixture, file), 'utf8'), { filePath: file });
  findings.push({ file, breaks: result.messages.map(({ line, ruleId, message }) => `${line} ${ruleId ?? message}`) });
}
process.stdout.write(JSON.stringify(findings));
