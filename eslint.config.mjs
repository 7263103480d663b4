import comments from '@eslint-community/eslint-plugin-eslint-comments/configs';
import js from '@eslint/js';
import { createProjectGraphAsync } from '@nx/devkit';
import nx from '@nx/eslint-plugin';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import * as bans from './tools/lint/bans.mjs';
import { productionBoundaries, testBoundaries } from './tools/lint/module-boundaries.mjs';

// Without a stored graph the boundary rule passes everything, with an old one it misses new projects: make it now.
process.env.NX_DAEMON = 'false';
await createProjectGraphAsync({ exitOnError: false });

const tests = ['**/*.spec.ts', 'apps/*/test/**/*.ts', 'apps/journeys/**/*.ts'];
const knowsNats = ['libs/messaging/**', 'libs/testing/**', 'libs/access-events/**'];

export default defineConfig(
  globalIgnores(['**/dist/', 'libs/*/types/', '**/coverage/', '.nx/', '.valetkey/', 'tools/boundaries-fixture/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' }, plugins: { '@nx': nx } },
  js.configs.recommended,
  comments.recommended,
  {
    rules: {
      '@eslint-community/eslint-comments/require-description': ['error', { ignore: ['eslint-enable'] }],
      '@eslint-community/eslint-comments/disable-enable-pair': ['error', { allowWholeFile: true }],
      eqeqeq: 'error',
      'max-lines': ['error', { max: 300 }],
    },
  },

  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // A Nest module is a class with nothing but its decorator.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // `async` is how a handler that does not wait yet turns a throw into a rejection.
      '@typescript-eslint/require-await': 'off',
      // Its narrowing outlives an `await`: it takes `signal.aborted`, once false, to be false for good.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },

  {
    files: ['apps/**/*.ts', 'libs/**/*.ts'],
    rules: {
      '@nx/enforce-module-boundaries': ['error', productionBoundaries],
      'no-restricted-imports': ['error', { patterns: [bans.natsOnlyInMessaging] }],
      'no-restricted-syntax': ['error', ...bans.environmentOnlyInConfig],
      'no-console': 'error',
    },
  },
  { files: knowsNats, rules: { 'no-restricted-imports': 'off' } },
  { files: ['libs/config/**/*.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['libs/contracts/**/*.ts'],
    ignores: tests,
    rules: { 'no-restricted-imports': ['error', { patterns: [bans.natsOnlyInMessaging, bans.contractsStayPortable] }] },
  },

  // Node runs tools by stripping types, and takes these libs' sources: their syntax must be erasable.
  {
    files: ['tools/**/*.ts', 'libs/{contracts,config,testing}/**/*.ts'],
    rules: { '@typescript-eslint/parameter-properties': 'error' },
  },

  {
    files: tests,
    rules: {
      '@nx/enforce-module-boundaries': ['error', testBoundaries],
      '@typescript-eslint/no-restricted-imports': ['error', { patterns: [bans.noTimerModules] }],
      'no-restricted-globals': ['error', ...bans.noTimers],
      'no-restricted-properties': ['error', ...bans.noFocusedTests],
      '@typescript-eslint/unbound-method': 'off',
    },
  },

  // The benchmark has packages of its own, which the root does not install.
  {
    files: ['bench/**/*.ts'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { '@typescript-eslint/consistent-type-assertions': 'off' },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: { process: 'readonly', performance: 'readonly', URL: 'readonly' } },
  },
);
