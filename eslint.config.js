import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const TESTS = ['**/*.spec.ts', 'test/**', 'libs/testing/**', '**/simulator/**'];

export default defineConfig([
  globalIgnores(['dist/', 'coverage/', 'node_modules/', '.muster/', 'apps/dashboard/']),
  {
    files: ['**/*.ts'],
    extends: [js.configs.recommended, tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'no-param-reassign': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      // The compiler knows names, and says what is unused.
      'no-undef': 'off',
      '@typescript-eslint/no-unused-vars': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      // An async method may answer at once where its port allows for I/O.
      '@typescript-eslint/require-await': 'off',
      // Nest modules are classes with a decorator and nothing else.
      '@typescript-eslint/no-extraneous-class': 'off',
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: "Use a string literal union from an 'as const' array." },
        { selector: 'TSModuleDeclaration[kind="namespace"]', message: 'Use a module.' },
      ],
      'no-restricted-properties': [
        'error',
        {
          object: 'process',
          property: 'env',
          message: 'Only libs/config reads the environment; main.ts of the client hands it on.',
        },
      ],
    },
  },
  {
    files: ['connectors/*/src/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['fetch', 'WebSocket', 'EventSource'].map((name) => ({
          name,
          message: 'A connector connects by context.http or context.dialler.',
        })),
      ],
    },
  },
  {
    files: TESTS,
    rules: { 'no-restricted-globals': 'off' },
  },
  {
    files: ['libs/config/**', 'apps/cli/src/main.ts', 'vitest.config.ts', ...TESTS],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    // What talks to a terminal.
    files: ['apps/cli/**', 'libs/config/**', '**/main.ts', ...TESTS],
    rules: { 'no-console': 'off' },
  },
  {
    files: TESTS,
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Assertions on what a matcher got.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    extends: [js.configs.recommended],
    languageOptions: {
      globals: {
        console: 'readonly',
        process: 'readonly',
        performance: 'readonly',
        module: 'writable',
        URL: 'readonly',
      },
    },
  },
]);
