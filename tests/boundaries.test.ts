import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { join } from 'node:path';
import { ESLint } from 'eslint';

const root = join(import.meta.dirname, '..');
const eslint = new ESLint({
  cwd: root,
  // Only the boundaries are asked here; rules that need types would want real files.
  overrideConfig: [{ languageOptions: { parserOptions: { projectService: false } } }],
  ruleFilter: ({ ruleId }) =>
    ruleId === 'no-restricted-imports' || ruleId === 'no-restricted-syntax',
});

async function reportedRules(filePath: string, code: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(code, { filePath: join(root, filePath) });
  assert.ok(result, `${filePath} was not linted`);
  assert.deepEqual(
    result.messages.filter((message) => message.fatal).map((message) => message.message),
    [],
  );
  return result.messages.map((message) => message.ruleId);
}

const violations: readonly (readonly [what: string, filePath: string, specifier: string])[] = [
  ['the protocol library uses Node', 'src/protocol/planted.ts', 'node:crypto'],
  ['the protocol library uses a package', 'src/protocol/planted.ts', 'ws'],
  ['the protocol library knows captures', 'src/protocol/planted.ts', '#capture/row.ts'],
  ['a folder reaches up', 'src/protocol/http/planted.ts', '../octets.ts'],
  ['captures know the DOM side', 'src/capture/planted.ts', '#bench/planted.ts'],
  ['captures use Node', 'src/capture/planted.ts', 'node:fs'],
  ['challenges know the bench', 'src/challenge/planted.ts', '#bench/planted.ts'],
  ['a demo imports a demo', 'src/demos/echo/planted.ts', '#demos/fallback/client.ts'],
  ['a demo imports its style sheet', 'src/demos/echo/planted.ts', './planted.css'],
  ['a demo imports the bench', 'src/demos/echo/planted.ts', '#bench/planted.ts'],
  ['a demo imports the demo server', 'src/demos/echo/planted.ts', '#demo-server/server.ts'],
  ['the bench uses ws', 'src/bench/planted.ts', 'ws'],
  ['a component uses ws', 'src/components/Planted.astro', 'ws'],
  ['a component imports the bench', 'src/components/Planted.astro', '#bench/Bench.astro'],
  ['a page imports the demo server', 'src/pages/planted.astro', '#demo-server/server.ts'],
  ['the demo server imports the site', 'demo-server/planted.ts', '#bench/planted.ts'],
  ['the demo server imports a demo page', 'demo-server/planted.ts', '#demos/echo/client.ts'],
  ['the demo server uses a foreign package', 'demo-server/planted.ts', 'express'],
  ['a server demo imports another', 'demo-server/demos/planted.ts', '#demo-server/demos/echo.ts'],
  ['a server demo imports its neighbour', 'demo-server/demos/planted.ts', './echo.ts'],
  ['a box imports a demo', 'demo-server/boxes/planted.ts', '#demo-server/demos/echo.ts'],
  ['a source imports a test', 'src/capture/planted.ts', '#tests/planted.ts'],
];

describe('ESLint holds the boundaries of ARCHITECTURE.md', () => {
  for (const [what, filePath, specifier] of violations) {
    it(`reports that ${what}`, async () => {
      const code = `import * as planted from '${specifier}';\nexport const kept = planted;\n`;
      const source = filePath.endsWith('.astro')
        ? `---\n${code.replace('export ', '')}---\n`
        : code;
      assert.deepEqual(await reportedRules(filePath, source), ['no-restricted-imports']);
    });
  }

  it('lets a folder import what it may', async () => {
    const code =
      "import { a } from './octets.ts';\nimport { b } from '#protocol/http/head.ts';\nvoid [a, b];\n";
    assert.deepEqual(await reportedRules('src/protocol/http/planted.ts', code), []);
  });

  it('reports markup made from text', async () => {
    const code = "document.body.innerHTML = 'captured';\n";
    assert.deepEqual(await reportedRules('src/bench/planted.ts', code), ['no-restricted-syntax']);
  });
});
