// @ts-check
import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import astro from 'eslint-plugin-astro';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/**
 * Lets the files of one folder import only what `allowed` matches. The boundaries are explained in
 * ARCHITECTURE.md; tests/boundaries.test.ts plants a violation of each and sees it reported.
 *
 * @param {string} files
 * @param {RegExp} allowed
 * @returns {import('eslint').Linter.Config}
 */
const only = (files, allowed) => ({
  files: [files],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^(?!(?:${allowed.source}))`,
            message: `This folder imports only ${allowed.source}`,
          },
        ],
      },
    ],
  },
});

const preact = /preact(?:\/hooks)?$|@preact\/signals$/;
/** @param {...RegExp} parts */
const any = (...parts) => new RegExp(parts.map((part) => part.source).join('|'));

const server = /\.\/|#demo-server\/|#capture\/|#protocol\/|node:|ws$|sirv$|http-cache-semantics$/;
const box = new RegExp(`(?!#demo-server\\/demos\\/)(?:${server.source})`);
/** The libraries are there for the one demo that shows what they do. */
const demo = new RegExp(`(?!\\./)(?:${box.source}|socket\\.io$|sockjs$)`);

/** A demo's style sheets come with its bench; imported, they would become files of their own. */
const demoPage = any(
  /\.\/(?!.*\.css$)|#demo\/|#controls\/|#capture\/|#protocol\/|#challenge\/|#words\//,
  preact,
);

export default defineConfig(
  globalIgnores(['dist/', '.astro/', '.build/', 'test-results/', 'playwright-report/']),
  js.configs.recommended,
  tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // node:test awaits these itself.
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', package: 'node:test', name: ['describe', 'it', 'test'] },
          ],
        },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // Playwright reads a fixture's needs off its first parameter: none is {}.
      'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }],
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'MemberExpression[property.name=/^(?:innerHTML|outerHTML|insertAdjacentHTML)$/]',
          message: 'Captured text is data: build text nodes (SECURITY.md).',
        },
        {
          selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
          message: 'Captured text is data: build text nodes (SECURITY.md).',
        },
      ],
    },
  },
  astro.configs.recommended,
  {
    files: ['**/*.mjs', '**/*.astro', '**/*.astro/*.ts'],
    extends: [tseslint.configs.disableTypeChecked],
  },
  {
    files: ['**/*.mjs', 'demo-server/**', 'scripts/**'],
    languageOptions: { globals: globals.node },
  },
  { files: ['public/**/*.js'], languageOptions: { globals: globals.browser } },
  prettier,
  only('src/protocol/**', /\.\/|#protocol\//),
  only('src/capture/**', /\.\/|#capture\/|#protocol\//),
  only('src/challenge/**', /\.\/|#capture\//),
  only('src/demo/**', /\.\/|#capture\/|#challenge\//),
  only('src/words/**', /\.\//),
  only('src/controls/**', any(/\.\/|#words\/|#demo\//, preact)),
  only('src/demos/**', demoPage),
  only(
    'src/bench/**',
    any(
      /\.\/|#demo\/|#demos\/|#controls\/|#components\/|#capture\/|#protocol\/|#challenge\/|#words\/|astro|shiki/,
      preact,
    ),
  ),
  only('src/components/**', /\.\/|#protocol\/|#words\/|#styles\/|astro/),
  only('src/layouts/**', /\.\/|#bench\/|#components\/|#words\/|#styles\/|astro|@fontsource/),
  only('src/pages/**', /#demo\/|\.\/|#layouts\/|#components\/|#bench\/|#words\/|#styles\/|astro/),
  only('demo-server/**', server),
  // A demo's server side and a box stand alone: deleting one is deleting a file.
  only('demo-server/demos/**', demo),
  only('demo-server/boxes/**', box),
);
