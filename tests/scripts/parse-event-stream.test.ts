import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { utf8 } from '#tests/support/octets-of.ts';
import { runScript } from './run-script.ts';

describe('scripts/parse-event-stream.ts', () => {
  it('prints the events of the third example of WHATWG HTML §9.2.6', async () => {
    const stream =
      ': test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n';
    const { code, lines } = await runScript('parse-event-stream.ts', [], utf8(stream));
    assert.equal(code, 0);
    assert.deepEqual(
      lines.map(({ type, data, lastEventId }) => [type, data, lastEventId]),
      [
        ['message', 'first event', '1'],
        ['message', 'second event', ''],
      ],
    );
    const at = stream.indexOf('data:second');
    assert.equal(lines[1]?.['offset'], at);
    const octets = Buffer.from(String(lines[1]?.['octets']), 'base64').toString();
    assert.equal(octets, 'data:second event\nid\n\n');
  });

  it('says the reconnection time that stood at each event (WHATWG HTML §9.2.6)', async () => {
    const stream = utf8('data: a\n\nretry: 10\ndata: b\n\nretry: 2x\ndata: c\n\n');
    const { lines } = await runScript('parse-event-stream.ts', [], stream);
    assert.deepEqual(
      lines.map(({ reconnectionTime }) => reconnectionTime),
      [undefined, 10, 10],
    );
  });

  it('ends with 2 and its usage after an argument', async () => {
    const { code, errors } = await runScript('parse-event-stream.ts', ['--role', 'server']);
    assert.equal(code, 2);
    assert.match(errors, /Usage: node scripts\/parse-event-stream\.ts/);
  });
});
