import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { parseView, serializeView, strangersIn, VIEW_NAMES } from '#bench/view-address.ts';
import { TABS } from '#bench/tabs.ts';
import type { DemoDefinition } from '#demo/definition.ts';
import echo from '#demos/echo/demo.ts';

const demo: DemoDefinition = echo;

describe('the view in an address: ?<demo>.tab=list', () => {
  it('comes back as it was written, beside the parameters of the demo and of others', () => {
    for (const tab of TABS) {
      const lane = 'hop-2';
      const view = { tab, show: 'recording', row: 12, challenge: 'two-ways-to-end', lane } as const;
      const search = serializeView('echo', view, '?echo.size=5&other.row=1');
      assert.match(search, /^\?echo\.size=5&other\.row=1&/);
      assert.deepEqual(parseView(demo, search), { view, problems: [] });
    }
  });

  it('holds nothing of a view that is the bench’s first', () => {
    assert.equal(serializeView('echo', {}, '?echo.tab=list&echo.row=1'), '');
  });

  for (const [name, text] of [
    ['tab', 'frames'],
    ['tab', '__proto__'],
    ['show', 'live'],
    ['row', '0'],
    ['row', '-1'],
    ['row', '1e3'],
    ['row', '12345678'],
    ['challenge', 'constructor'],
    ['projector', 'yes'],
    ['lane', 'hop-0'],
    ['tab', ''],
  ]) {
    it(`names and ignores ${name}=${text}`, () => {
      const { view, problems } = parseView(demo, `?echo.${name}=${text}`);
      assert.deepEqual(view, {});
      assert.equal(problems.length, 1);
      assert.ok(problems[0]?.includes(`${name} “${text}”`), problems[0]);
    });
  }

  it('takes no name that a demo has for a parameter', async () => {
    for (const id of readdirSync('src/demos')) {
      const { default: each } = (await import(`#demos/${id}/demo.ts`)) as {
        readonly default: DemoDefinition;
      };
      for (const name of VIEW_NAMES) assert.equal(Object.hasOwn(each.parameters, name), false, id);
    }
  });
});

describe('strangersIn', () => {
  it('names what is for a demo that is not on the page, once, and nothing of other programs', () => {
    const found = strangersIn('?ecoh.size=5&ecoh.size=6&echo.size=5&utm_source=x&v=1.2', ['echo']);
    assert.equal(found.length, 1);
    assert.match(found[0] ?? '', /“ecoh\.size”.*echo\.$/);
  });
});
