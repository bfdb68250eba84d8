import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { readReplay } from '#bench/replay.ts';
import { provideHttp2 } from '#capture/http2/http2-rows.ts';
import { provideTls } from '#capture/tls/tls-rows.ts';
import type { Row } from '#capture/row.ts';
import { ChallengeEvaluator } from '#challenge/evaluator.ts';
import type { DemoDefinition } from '#demo/definition.ts';
import type { RecordingScript } from '#demo/recording.ts';
import { latin1FromOctets } from '#protocol/octets.ts';

provideHttp2();
provideTls();
const demos = readdirSync('src/demos').filter((demo) => existsSync(`src/demos/${demo}/record.ts`));

it('every demo with a script for its recording has one', () => {
  const recorded = readdirSync('content/captures').map((name) => name.replace('.json', ''));
  assert.deepEqual(recorded.sort(), demos.sort());
});

for (const id of demos) {
  describe(`the recording of ${id}`, async () => {
    const json = readFileSync(`content/captures/${id}.json`, 'utf8');
    const { default: demo } = (await import(`#demos/${id}/demo.ts`)) as {
      readonly default: DemoDefinition;
    };
    const { default: script } = (await import(`#demos/${id}/record.ts`)) as {
      readonly default: RecordingScript;
    };
    const { capsule, store } = readReplay(demo, json, 'recording');

    it('takes at most 60 KB, or what its script allows', () => {
      assert.ok(json.length <= (script.maxLength ?? 60_000), String(json.length));
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
        // A namespace is a name, though it looks like an address; nobody asks there.
        ...octets
          .replaceAll(/ xmlns="[^"]*"/g, '')
          .matchAll(/https?:\/\/([^/\s"]+)|^Host: (\S+)/gm),
      ]);
      // In Huffman code no host can be read; the robot's is in demo-server/robot/http2-heads.ts.
      assert.ok(hosts.length > 0 || demo.http2 === true);
      for (const [, url, host] of hosts) assert.equal(url ?? host, 'localhost:4321');
      // Of these, length and no more: see demo-server/runs/redaction.ts.
      assert.doesNotMatch(text.join('\n'), /^(?:Cookie|Authorization): (?!\u0095+\r$)/m);
    });

    it('meets the goals that it is there for', () => {
      assert.deepEqual(goalsMet(demo, store.rows), script.meets);
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
