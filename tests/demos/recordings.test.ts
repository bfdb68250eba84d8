import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { readReplay } from '#bench/replay.ts';
import type { Row } from '#capture/row.ts';
import { ChallengeEvaluator } from '#challenge/evaluator.ts';
import type { DemoDefinition } from '#demo/definition.ts';
import { latin1FromOctets } from '#protocol/octets.ts';

/** Goals that each recording meets, as `<challenge>/<goal>`: what a reader without a server can see. */
const met: Readonly<Record<string, readonly string[]>> = {
  echo: ['header-hunter/header-6', 'header-hunter/header-8', 'two-ways-to-end/clean-4001'],
  'cache-fields': [
    '304-from-the-origin/asks-if-changed',
    '304-from-the-origin/not-modified',
    'zero-bytes/first-load',
    'zero-bytes/free-load',
  ],
  fallback: ['all-sixteen/dropped', 'under-two-seconds-anywhere/silent'],
  mailbox: [],
  acknowledge: ['no-news/nothing-wrong', 'no-news/swallowed', 'no-news/none-applied'],
};

const demos = Object.keys(met);

it('every demo with a script for its recording has one that is tested here', () => {
  const scripts = readdirSync('src/demos').filter((demo) =>
    existsSync(`src/demos/${demo}/record.ts`),
  );
  assert.deepEqual(demos.toSorted(), scripts.sort());
  const recorded = readdirSync('content/captures').map((name) => name.replace('.json', ''));
  assert.deepEqual(recorded.sort(), scripts);
});

for (const id of demos) {
  describe(`the recording of ${id}`, async () => {
    const json = readFileSync(`content/captures/${id}.json`, 'utf8');
    const { default: demo } = (await import(`#demos/${id}/demo.ts`)) as {
      readonly default: DemoDefinition;
    };
    const { capsule, store } = readReplay(demo, json, 'recording');

    it('takes at most 60 KB', () => {
      assert.ok(json.length <= 60_000, String(json.length));
    });

    it('says when and in which browser it was made', () => {
      assert.match(capsule.browser, /^Chromium \d+$/);
      assert.ok(Date.parse(capsule.made) > Date.parse('2026-01-01'));
    });

    it('lost nothing, and every octet of it was read', () => {
      const kinds = new Set(store.rows.map(({ kind }) => kind));
      assert.equal(kinds.has('dropped') || kinds.has('octets.unread'), false);
    });

    it('names no host but the one that readers have themselves', () => {
      const text = store.rows.map(({ octets }) => latin1FromOctets(octets ?? new Uint8Array()));
      const hosts = text.flatMap((octets) => [
        ...octets.matchAll(/https?:\/\/([^/\s"]+)|^Host: (\S+)/gm),
      ]);
      assert.ok(hosts.length > 0);
      for (const [, url, host] of hosts) assert.equal(url ?? host, 'localhost:4321');
      assert.doesNotMatch(text.join('\n'), /^(?:Cookie|Authorization):/m);
    });

    it('meets the goals that it is there for', () => {
      assert.deepEqual(goalsMet(demo, store.rows), met[id]);
    });
  });
}

function goalsMet(demo: DemoDefinition, rows: readonly Row[]): string[] {
  return demo.challenges.flatMap((challenge) => {
    const evaluator = new ChallengeEvaluator(challenge);
    evaluator.push(rows);
    return evaluator
      .result()
      .goals.filter((goal) => goal.met)
      .map((goal) => `${challenge.id}/${goal.id}`);
  });
}
